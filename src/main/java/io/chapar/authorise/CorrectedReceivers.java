package io.chapar.authorise;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.Header;
import io.chapar.message.PartyCode;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Violation;
import io.chapar.record.Corrected;
import io.chapar.record.NotRecorded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who receives a correction or withdrawal: all who received what it is about, whomever the content now selects. A
 * correction also goes to those whom it selects for the first time.
 */
final class CorrectedReceivers {

    private final Function<Header, Optional<Corrected>> record;

    CorrectedReceivers(Function<Header, Optional<Corrected>> record) {
        this.record = record;
    }

    /** @param selected by the content of the correction */
    List<Receiver> of(Agreement agreement, Header header, List<Receiver> selected) throws Refusal {
        Corrected corrected = asked(header)
                // The same words for another's message as for none: nobody learns whether it exists.
                .orElseThrow(() ->
                        broken("/header/corrects", "must be the messageId of an own earlier message of this exchange"));
        if (corrected.known()) {
            return selected; // sent again: the record answers with the receipt of then
        }
        if (corrected.withdrawn()) {
            throw broken("/header/corrects", "must be of a message that is not withdrawn; send a new one");
        }
        if (header.orderingKey().isPresent() && !header.orderingKey().equals(corrected.orderingKey())) {
            throw broken("/header/orderingKey", "must be that of the message that is corrected, or absent");
        }
        Set<PartyCode> all = new HashSet<>(corrected.receivers());
        if (header.action() == Header.Action.CORRECT) {
            selected.forEach(receiver -> all.add(receiver.party()));
        }
        List<Receiver> receivers = new ArrayList<>(agreement.receivers());
        receivers.removeIf(receiver -> !all.contains(receiver.party()));
        if (receivers.size() < all.size()) {
            throw broken("/header/version", "must be one whose agreement names all who received what is corrected");
        }
        return receivers;
    }

    private Optional<Corrected> asked(Header header) throws Refusal {
        try {
            return record.apply(header);
        } catch (NotRecorded e) {
            throw new Refusal(ProblemCode.NOT_DURABLE, "What is corrected cannot be looked up in the record now.");
        }
    }

    private static Refusal broken(String pointer, String rule) {
        return new Refusal(
                Problem.of(ProblemCode.RULE, "The correction breaks a rule.", List.of(new Violation(pointer, rule))));
    }
}
