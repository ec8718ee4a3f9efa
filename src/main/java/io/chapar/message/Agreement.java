package io.chapar.message;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the parties agreed on for one version of one exchange: the only place that says who may send what to whom.
 *
 * @param paragraphs of the report that found it
 * @param basis whether the report names this exchange or it is our reading
 * @param senders parties or groups that may send or ask
 * @param purposes for which a query may be asked; empty for notifications
 * @param entitlements for a query: which caller may see which fields of the answer
 * @param orderingKey whether the header must carry one
 * @param deadline the legal terms, of which the first whose condition holds counts; empty when none can be counted
 * @param disabled why nothing may be sent yet, although the agreement stands; absent when it may
 * @param gatewaySets pointers of fields that only the gateway fills in; a sender that does is refused
 * @param bulk whether many may be sent as one batch
 * @param following what must follow, and what is assigned
 * @param folder where it was read from
 */
public record Agreement(
        ExchangeVersion exchange,
        String title,
        Pattern pattern,
        List<Integer> paragraphs,
        Basis basis,
        LocalDate validFrom,
        Optional<LocalDate> validUntil,
        String approvedBy,
        Optional<String> disabled,
        Set<String> senders,
        List<Receiver> receivers,
        Set<String> purposes,
        List<Entitlement> entitlements,
        boolean orderingKey,
        List<String> gatewaySets,
        List<Term> deadline,
        int priority,
        Classification classification,
        Period retention,
        OnPark onPark,
        Attachments attachments,
        boolean bulk,
        Following following,
        Path folder) {

    /** Whether this party may send, receive, ask or answer. */
    public boolean concerns(Party party) {
        return senders.stream().anyMatch(party::is)
                || receivers.stream().anyMatch(receiver -> receiver.party().equals(party.code()));
    }

    /** The term that counts for a message that says this. */
    public Optional<Term> term(Fields fields) {
        return deadline.stream()
                .filter(term -> term.when().map(when -> when.holds(fields)).orElse(true))
                .findFirst();
    }

    /** Whether a message is accepted and then delivered, asked while the caller waits, or sent by the gateway itself. */
    public enum Pattern {
        NOTIFY,
        QUERY,
        EMIT
    }

    public enum Basis {
        REPORT,
        ASSUMPTION
    }

    public enum Classification {
        NORMAL,
        RESTRICTED
    }

    /** What happens to later messages with the same ordering key when one is parked. */
    public enum OnPark {
        WAIT,
        CONTINUE
    }

    /**
     * Who receives, when, what and how.
     *
     * @param when the condition on the content; always, when absent
     * @param fields pointers to what this receiver may see
     * @param format in which it is delivered
     * @param version of the exchange that it reads
     * @param mapping a stylesheet in the exchange's folder that gives the document this receiver's form
     */
    public record Receiver(
            PartyCode party,
            Optional<Condition> when,
            List<String> fields,
            Format format,
            String version,
            Optional<Path> mapping) {}

    /**
     * A question to the content. A field that is absent answers it with no, whatever the test: who receives must follow
     * from what is said, not from what is left out.
     *
     * @param values what the test compares with; empty for {@link Test#PRESENT}
     */
    public record Condition(String pointer, Test test, Set<String> values) {

        /** What is asked of the field at the pointer. */
        public enum Test {
            IN,
            NOT_IN,
            PRESENT
        }

        public boolean holds(Fields fields) {
            return switch (test) {
                case IN -> fields.text(pointer).filter(values::contains).isPresent();
                case NOT_IN ->
                    fields.text(pointer)
                            .filter(value -> !values.contains(value))
                            .isPresent();
                case PRESENT -> fields.at(pointer).isPresent();
            };
        }
    }

    /** Which fields of an answer parties may see. */
    public record Entitlement(Set<String> parties, List<String> fields) {}

    /**
     * A legal term, from the day of an event.
     *
     * @param when the condition on the content under which it is this term that counts; always, when absent
     * @param from pointer to the event's date
     * @param duty the party or group whose duty it is
     */
    public record Term(Optional<Condition> when, String from, int length, Unit unit, String duty) {
        public enum Unit {
            HOURS,
            CALENDAR_DAYS,
            WORKING_DAYS,
            MONTHS
        }
    }

    /**
     * What may travel beside the document.
     *
     * @param mediaTypes allowed; empty means that the exchange has no attachments
     * @param maximumBytes of all attachments together
     */
    public record Attachments(Set<String> mediaTypes, long maximumBytes) {}
}
