package io.chapar.app.queue;

import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at the start what nobody should learn from a parked delivery: that a party whose channel is a queue may be sent more
 * than a queue carries.
 */
public final class TooLargeForQueues {

    private static final Logger LOG = LoggerFactory.getLogger(TooLargeForQueues.class);
    private static final String ATTACHMENT = "/attachment";

    private TooLargeForQueues() {}

    public static void warn(Catalogue catalogue, Collection<Party> parties, ToLongFunction<PartyCode> largestInQueue) {
        warnings(catalogue, parties, largestInQueue).forEach(LOG::warn);
    }

    /** A line for each such party. */
    static List<String> warnings(
            Catalogue catalogue, Collection<Party> parties, ToLongFunction<PartyCode> largestInQueue) {
        return parties.stream()
                .filter(party -> party.channel() == Party.Channel.QUEUE)
                .map(Party::code)
                .sorted()
                .flatMap(party -> warning(catalogue, party, largestInQueue.applyAsLong(party)).stream())
                .toList();
    }

    private static Optional<String> warning(Catalogue catalogue, PartyCode party, long largest) {
        List<String> exchanges = tooLarge(catalogue, party, largest);
        return exchanges.isEmpty() ? Optional.empty() : Optional.of(warning(party, exchanges, largest));
    }

    private static String warning(PartyCode party, List<String> exchanges, long largestInQueue) {
        return "the channel of " + party + " is queue, which carries " + largestInQueue
                + " bytes, and with attachments it may be sent more of " + String.join(", ", exchanges)
                + ": such a delivery is parked as too-large. Give the party another channel (chapar.parties." + party
                + ".channel), or raise chapar.deliver.largest-in-queue; where its queues are encrypted, also"
                + " chapar.doors.maximum-bytes, since a JWE is made in memory";
    }

    private static List<String> tooLarge(Catalogue catalogue, PartyCode party, long largestInQueue) {
        return catalogue.all().stream()
                .filter(agreement -> agreement.disabled().isEmpty())
                .filter(agreement -> agreement.attachments().maximumBytes() >= largestInQueue)
                .filter(agreement -> agreement.receivers().stream()
                        .anyMatch(receiver -> receiver.party().equals(party) && getsAttachments(receiver)))
                .map(agreement -> agreement.exchange().exchange())
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean getsAttachments(Agreement.Receiver receiver) {
        return receiver.fields().stream().anyMatch(field -> (field + "/").startsWith(ATTACHMENT + "/"));
    }
}
