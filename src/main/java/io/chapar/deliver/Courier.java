package io.chapar.deliver;

import io.chapar.message.Dispatch;
import io.chapar.message.Party;
import java.time.Duration;

/** Hands one delivery over by one kind of channel. */
interface Courier {

    /**
     * @param inHand how long ago it was signed
     * @return {@link Dispatch.Acknowledged}, or {@link Dispatch.Parked} when the receiver will not have this one
     * @throws ChannelFailure for everything that says nothing about this message
     */
    Dispatch.Ended hand(Dispatch.Signed signed, Party receiver, Duration inHand) throws ChannelFailure;
}
