package io.chapar.deliver;

import io.chapar.message.Dispatch;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Stage;
import java.time.Duration;

/**
 * Hands a delivery to its receiver. Returns only when it has ended; as long as the channel does not work, the delivery
 * stays in hand here, which is what keeps the order and parks nothing that is not at fault.
 */
public final class Deliver implements Stage<Dispatch.Signed, Dispatch.Ended> {

    private final PartyDirectory parties;
    private final ReceiverChannels channels;
    private final Courier rest;
    private final Courier soap;

    public Deliver(PartyDirectory parties, ReceiverChannels channels, RestCourier rest, SoapCourier soap) {
        this.parties = parties;
        this.channels = channels;
        this.rest = rest;
        this.soap = soap;
    }

    /** @throws Halted when the gateway stops while the delivery is in hand */
    @Override
    public Dispatch.Ended apply(Dispatch.Signed signed) {
        long taken = System.nanoTime();
        ReceiverChannel channel = channels.of(signed.due().receiver());
        while (true) {
            try (ReceiverChannel.Turn turn = channel.turn()) {
                try {
                    Dispatch.Ended ended = hand(signed, Duration.ofNanos(System.nanoTime() - taken));
                    turn.worked();
                    return ended;
                } catch (ChannelFailure failure) {
                    turn.failed(failure);
                }
            }
        }
    }

    private Dispatch.Ended hand(Dispatch.Signed signed, Duration inHand) throws ChannelFailure {
        PartyCode code = signed.due().receiver();
        // Asked anew each time: the directory may be reloaded while a delivery waits.
        Party receiver = parties.party(code)
                .orElseThrow(() -> new ChannelFailure("the party directory does not know this receiver"));
        boolean enveloped = signed.contentType().equals(Soap.CONTENT_TYPE);
        if (enveloped != (receiver.channel() == Party.Channel.SOAP)) {
            throw new IllegalStateException("signed for another channel than the receiver has now: it is taken again");
        }
        return switch (receiver.channel()) {
            case REST -> rest.hand(signed, receiver, inHand);
            case SOAP -> soap.hand(signed, receiver, inHand);
            // Put into its queue from there, as often as it takes until the receiver acknowledges it.
            case MAILBOX, QUEUE -> new Dispatch.Mailed(Parcel.packed(signed));
        };
    }
}
