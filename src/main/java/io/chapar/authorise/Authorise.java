package io.chapar.authorise;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Pattern;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.Catalogue;
import io.chapar.message.Fields;
import io.chapar.message.Header;
import io.chapar.message.Party;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.message.Violation;
import io.chapar.record.Corrected;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Allows only what an agreement in force allows, and denies what the law forbids before it asks any agreement. */
public final class Authorise implements Stage<Passage.Validated, Passage.Authorised> {

    /** Agreements begin and end at midnight there. */
    private static final ZoneId BAKU = ZoneId.of("Asia/Baku");

    /** What was allowed when a message was accepted, and may not be when it is repeated. */
    private static final Set<ProblemCode> MAY_CHANGE = Set.of(ProblemCode.NOT_AGREED, ProblemCode.RECEIVER_UNKNOWN);

    private final Catalogue catalogue;
    private final PartyDirectory parties;
    private final CorrectedReceivers corrected;
    private final Stage<Passage.Validated, Boolean> acceptedBefore;
    private final Clock clock;

    /**
     * @param record asks for what a correction or withdrawal is about; empty for what is no own earlier message
     * @param acceptedBefore whether this very message was accepted before, in this exchange and with this content
     */
    public Authorise(
            Catalogue catalogue,
            PartyDirectory parties,
            Function<Header, Optional<Corrected>> record,
            Stage<Passage.Validated, Boolean> acceptedBefore,
            Clock clock) {
        this.catalogue = catalogue;
        this.parties = parties;
        this.corrected = new CorrectedReceivers(record);
        this.acceptedBefore = acceptedBefore;
        this.clock = clock;
    }

    @Override
    public Passage.Authorised apply(Passage.Validated passage) throws Refusal {
        Header header = passage.header();
        Party caller = passage.party();
        if (!header.sender().equals(caller.code())) {
            throw new Refusal(ProblemCode.SENDER_MISMATCH, "The header's sender is not the party that is connected.");
        }
        Agreement agreement = catalogue
                .agreement(header.exchange())
                .orElseThrow(() -> new Refusal(ProblemCode.NOT_AGREED, "There is no agreement on this version."));
        forbidden(agreement, caller);
        try {
            return new Passage.Authorised(passage, agreement, allowed(passage, agreement));
        } catch (Refusal today) {
            if (MAY_CHANGE.contains(today.problem().code()) && acceptedBefore.apply(passage)) {
                // A repeat, however old, gets its receipt; it alone: the record relies on what was asked here of all
                // others.
                return new Passage.Authorised(passage, agreement, List.of());
            }
            throw today;
        }
    }

    /** Who receives it, if today's agreement and directory allow it. */
    private List<Receiver> allowed(Passage.Validated passage, Agreement agreement) throws Refusal {
        Header header = passage.header();
        Party caller = passage.party();
        // First of all who sends: why an agreement does not hold today is a matter of those whom it names.
        if (agreement.senders().stream().noneMatch(caller::is) || !byItsDoor(agreement, passage)) {
            throw new Refusal(ProblemCode.NOT_AGREED, "The agreement does not name you among those who may send.");
        }
        enabled(agreement);
        inForce(agreement);
        purpose(agreement, header);
        rules(agreement, passage);
        List<Receiver> receivers = receivers(agreement, passage.fields());
        if (header.action() != Header.Action.NEW) {
            receivers = corrected.of(agreement, header, receivers);
        }
        for (Receiver receiver : receivers) {
            if (parties.party(receiver.party()).isEmpty()) {
                throw new Refusal(
                        ProblemCode.RECEIVER_UNKNOWN, "The party directory does not have " + receiver.party() + ".");
            }
        }
        return receivers;
    }

    /** What the gateway itself sends comes in by no door, whoever has its keys; and nothing else comes that way. */
    private static boolean byItsDoor(Agreement agreement, Passage.Validated passage) {
        return (agreement.pattern() == Pattern.EMIT) == (passage.arrived().door() == Passage.Door.GATEWAY);
    }

    private static void forbidden(Agreement agreement, Party caller) throws Refusal {
        String exchange = agreement.exchange().exchange();
        for (Receiver receiver : agreement.receivers()) {
            if (ForbiddenLinks.forbids(
                    exchange, caller.code().value(), receiver.party().value())) {
                throw ForbiddenLinks.refusal();
            }
        }
    }

    private static void enabled(Agreement agreement) throws Refusal {
        if (agreement.disabled().isPresent()) {
            throw new Refusal(
                    ProblemCode.NOT_AGREED,
                    "The exchange is disabled by the key disabled of its agreement: "
                            + agreement.disabled().get() + ".");
        }
    }

    private void inForce(Agreement agreement) throws Refusal {
        LocalDate today = LocalDate.now(clock.withZone(BAKU));
        if (today.isBefore(agreement.validFrom())
                || agreement.validUntil().filter(today::isAfter).isPresent()) {
            throw new Refusal(ProblemCode.NOT_AGREED, "The agreement on this version is not in force today.");
        }
    }

    private static void purpose(Agreement agreement, Header header) throws Refusal {
        if (agreement.pattern() != Pattern.QUERY) {
            return;
        }
        Header.Inquiry inquiry = header.inquiry()
                .orElseThrow(() -> broken(List.of(
                        new Violation("/header/purpose", "is required in a query, with user and caseReference"))));
        if (!agreement.purposes().contains(inquiry.purpose())) {
            throw new Refusal(ProblemCode.NOT_AGREED, "The agreement does not have this purpose.");
        }
    }

    private static void rules(Agreement agreement, Passage.Validated passage) throws Refusal {
        List<Violation> violations = new ArrayList<>();
        for (String pointer : agreement.gatewaySets()) {
            if (passage.fields().at(pointer).isPresent()) {
                violations.add(new Violation(pointer, "must be absent: only the gateway sets it"));
            }
        }
        if (agreement.pattern() == Pattern.QUERY && passage.header().action() != Header.Action.NEW) {
            violations.add(new Violation("/header/action", "must be new: a question is not corrected, but asked anew"));
        }
        if (agreement.orderingKey() && passage.header().orderingKey().isEmpty()) {
            violations.add(new Violation("/header/orderingKey", "is required in this exchange"));
        }
        attachments(agreement.attachments(), passage, violations);
        if (!violations.isEmpty()) {
            throw broken(violations);
        }
    }

    private static void attachments(
            Agreement.Attachments agreed, Passage.Validated passage, List<Violation> violations) {
        List<Passage.Attachment> parts = passage.accepted().attachments();
        long bytes = 0;
        Set<String> types = agreed.mediaTypes();
        for (Passage.Attachment part : parts) {
            bytes += part.content().size();
            // that the part is of this type by its content was shown when it was validated
            String type = part.mediaType().split(";", 2)[0].strip();
            if (types.stream().noneMatch(type::equalsIgnoreCase)) {
                violations.add(new Violation("/attachment", "must be of a media type that the agreement has"));
            }
        }
        if (bytes > agreed.maximumBytes() && !parts.isEmpty()) {
            violations.add(new Violation("/attachment", "must be no larger, all together, than the agreement has"));
        }
    }

    private static List<Receiver> receivers(Agreement agreement, Fields fields) {
        return agreement.receivers().stream()
                .filter(receiver -> receiver.when()
                        .map(condition -> condition.holds(fields))
                        .orElse(true))
                .toList();
    }

    private static Refusal broken(List<Violation> violations) {
        return new Refusal(Problem.of(ProblemCode.RULE, "The document breaks rules of its agreement.", violations));
    }
}
