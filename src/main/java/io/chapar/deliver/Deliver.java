package io.chapar.deliver;

import io.chapar.message.ContentDamaged;
import io.chapar.message.Dispatch;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a delivery to its receiver. Returns only when it has ended; as long as the channel does not work, the delivery
 * stays in hand here, which is what keeps the order and parks nothing that is not at fault.
 */
public final class Deliver implements Stage<Dispatch.Signed, Dispatch.Ended> {

    private static final Logger LOG = LoggerFactory.getLogger(Deliver.class);
    private static final int RECEIVER_WAS_NOT_ASKED = 0;

    /** Asks the record about what is in hand. */
    public interface InHand {

        /**
         * Whether it is still to be made here.
         *
         * @param waited whether time passed since it was taken
         */
        boolean isDue(Dispatch.Due due, boolean waited);
    }

    private final PartyDirectory parties;
    private final ReceiverChannels channels;
    private final Courier rest;
    private final Courier soap;
    private final ToLongFunction<PartyCode> largestInQueue;
    private final InHand inHand;

    /** @param largestInQueue how much a queue of this party carries, in bytes */
    public Deliver(
            PartyDirectory parties,
            ReceiverChannels channels,
            RestCourier rest,
            SoapCourier soap,
            ToLongFunction<PartyCode> largestInQueue,
            InHand inHand) {
        this.parties = parties;
        this.channels = channels;
        this.rest = rest;
        this.soap = soap;
        this.largestInQueue = largestInQueue;
        this.inHand = inHand;
    }

    /** @throws Halted when the gateway stops while the delivery is in hand */
    @Override
    public Dispatch.Ended apply(Dispatch.Signed signed) {
        long taken = System.nanoTime();
        Optional<Dispatch.Ended> damaged = damaged(signed);
        if (damaged.isPresent()) {
            return damaged.get();
        }
        ReceiverChannel channel = channels.of(signed.due().receiver());
        boolean tried = false;
        while (true) {
            try (ReceiverChannel.Turn turn = channel.turn()) {
                // A node that was frozen goes on just here, with what another has delivered meanwhile.
                if (!inHand.isDue(signed.due(), tried || turn.waited())) {
                    return new Dispatch.LetGo(signed.due());
                }
                try {
                    Dispatch.Ended ended = hand(signed, Duration.ofNanos(System.nanoTime() - taken));
                    turn.worked();
                    return ended;
                } catch (ChannelFailure failure) {
                    turn.failed(failure);
                    tried = true;
                }
            }
        }
    }

    /**
     * Before anything goes out: a receiver is given files only as they were taken in. What is not there any more, or is not
     * what was written, is looked at by an administrator; a store that cannot be read at the moment is tried again.
     */
    private static Optional<Dispatch.Ended> damaged(Dispatch.Signed signed) {
        for (Passage.Attachment attachment : Parcel.travelling(signed)) {
            try {
                attachment.content().verify();
            } catch (ContentDamaged e) {
                LOG.error("delivery {} is parked: {}", signed.due().deliveryId(), e.getMessage());
                return Optional.of(new Dispatch.Parked(
                        signed.due(), RECEIVER_WAS_NOT_ASKED, Dispatch.Parked.DAMAGED, String.valueOf(e.getMessage())));
            } catch (IOException e) {
                throw new UncheckedIOException("the store of attachments cannot be read", e);
            }
        }
        return Optional.empty();
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
            case MAILBOX -> Parcel.mailed(signed);
            // Put into its queue from there, as often as it takes until the receiver acknowledges it.
            case QUEUE -> fitsIntoQueue(signed) ? Parcel.mailed(signed) : tooLarge(signed);
        };
    }

    private boolean fitsIntoQueue(Dispatch.Signed signed) {
        return Parcel.of(signed).body().size() <= largestInQueue(signed);
    }

    private long largestInQueue(Dispatch.Signed signed) {
        return largestInQueue.applyAsLong(signed.due().receiver());
    }

    private Dispatch.Parked tooLarge(Dispatch.Signed signed) {
        return new Dispatch.Parked(
                signed.due(),
                RECEIVER_WAS_NOT_ASKED,
                ProblemCode.TOO_LARGE.code(),
                "A queue carries at most " + largestInQueue(signed)
                        + " bytes. With another channel the receiver can have it.");
    }
}
