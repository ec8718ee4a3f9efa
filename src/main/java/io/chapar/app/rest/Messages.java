package io.chapar.app.rest;

import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.Intake;
import io.chapar.app.door.JsonText;
import io.chapar.app.door.Replies;
import io.chapar.app.door.Turns;
import io.chapar.authorise.ForbiddenLinks;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.ProblemCode;
import io.chapar.message.Receipt;
import io.chapar.message.Refusal;
import io.chapar.record.History;
import io.chapar.record.MessageRecord;
import io.chapar.record.Ties;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where messages are: one of them, or a list for reconciling. */
final class Messages {

    static final Set<String> STATES =
            Set.of("waiting", "delivered", "parked", "withdrawn", "no-receiver", "asked", "answered", "unanswered");

    /** Entries of one page of the list. */
    static final int PAGE = 100;

    private static final int LISTS_AT_ONCE = 2;

    private final Turns turns =
            Turns.together(LISTS_AT_ONCE, "You have too many lists under way. Ask for one page after the other.");
    private final Intake intake;
    private final CallerIdentity identity;
    private final MessageRecord record;
    private final Replies replies;

    Messages(Intake intake, CallerIdentity identity, MessageRecord record, Replies replies) {
        this.intake = intake;
        this.identity = identity;
        this.record = record;
        this.replies = replies;
    }

    /** {@code GET /api/v1/messages/{messageId}}. */
    void one(Visit visit) throws Refusal, IOException {
        PartyCode viewer = identity.party(intake.bare(visit.request())).code();
        Optional<String> named = visit.parameter("sender");
        PartyCode sender = named.isEmpty() ? viewer : partyCode(named.get());
        History history = record.history(viewer, sender, visit.id(0))
                .orElseThrow(() -> new Refusal(
                        ProblemCode.UNKNOWN_MESSAGE, "No message of this id is known between you and this sender."));
        send(visit, facts(sender, history));
    }

    /** {@code GET /api/v1/messages}. */
    void list(Visit visit) throws Refusal, IOException {
        PartyCode sender = identity.party(intake.bare(visit.request())).code();
        Instant since = since(visit.parameter("since"));
        Optional<String> state = visit.parameter("state");
        if (state.isPresent() && !STATES.contains(state.get())) {
            throw Visit.malformed(
                    "The parameter state is one of " + STATES.stream().sorted().toList() + ".");
        }
        Optional<String> cursor = visit.parameter("cursor");
        // A page of one state reads thousands of rows.
        History.Page page = turns.during(sender, () -> page(sender, since, state, cursor));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "messages",
                page.messages().stream().map(each -> facts(sender, each)).toList());
        put(answer, "cursor", page.next().orElse(null));
        send(visit, answer);
    }

    private History.Page page(PartyCode sender, Instant since, Optional<String> state, Optional<String> cursor)
            throws Refusal {
        try {
            return record.messages(sender, since, state, cursor, PAGE);
        } catch (IllegalArgumentException e) {
            throw Visit.malformed("The parameter cursor is not one that was given to you. Begin again without one.");
        }
    }

    private void send(Visit visit, Map<String, Object> answer) throws IOException {
        replies.send(visit.response(), 200, Format.JSON.mediaType(), JsonText.write(answer));
    }

    private static Map<String, Object> facts(PartyCode sender, History history) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("messageId", history.messageId().toString());
        facts.put("sender", sender.value());
        facts.put("exchange", history.exchange().exchange());
        facts.put("version", history.exchange().version());
        facts.put("acceptedAt", history.acceptedAt().toString());
        facts.put("state", history.state());
        Ties ties = history.ties();
        put(facts, "deadline", ties.deadline().map(Messages::deadline).orElse(null));
        put(
                facts,
                "obligation",
                ties.obligation().map(due -> Map.of("due", due.toString())).orElse(null));
        put(facts, "corrects", ties.corrects().map(UUID::toString).orElse(null));
        facts.put(
                "correctedBy",
                ties.correctedBy().stream().map(Messages::correction).toList());
        facts.put(
                "receivers",
                history.receivers().stream()
                        .map(receiver -> facts(sender, receiver))
                        .toList());
        return facts;
    }

    private static Map<String, Object> deadline(Receipt.Deadline deadline) {
        return Map.of("due", deadline.due().toString(), "met", deadline.met());
    }

    private static Map<String, Object> correction(Ties.Correction correction) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("messageId", correction.messageId().toString());
        facts.put("action", correction.action());
        facts.put("acceptedAt", correction.acceptedAt().toString());
        return facts;
    }

    private static Map<String, Object> facts(PartyCode sender, History.ReceiverHistory history) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("receiver", history.receiver().value());
        facts.put("deliveryId", history.deliveryId().toString());
        facts.put("state", history.state());
        facts.put("since", history.since().toString());
        facts.put("attempts", history.attempts());
        put(facts, "answer", answer(sender, history).orElse(null));
        put(facts, "sentAgainAt", history.sentAgainAt().map(Instant::toString).orElse(null));
        return facts;
    }

    /** The words of a refusal are free text, which the two that the law keeps apart do not exchange (¶129). */
    static Optional<String> answer(PartyCode sender, History.ReceiverHistory history) {
        boolean apart = ForbiddenLinks.apart(sender.value(), history.receiver().value());
        return apart ? history.answer().map(said -> said.split(":", 2)[0]) : history.answer();
    }

    /** JSON knows null, and a member that is always there is easier to read than one that may be missing. */
    @SuppressWarnings("NullAway")
    private static void put(Map<String, Object> facts, String name, @Nullable Object value) {
        facts.put(name, value);
    }

    private static PartyCode partyCode(String text) throws Refusal {
        try {
            return new PartyCode(text);
        } catch (IllegalArgumentException e) {
            throw Visit.malformed("The parameter sender is a party's code.");
        }
    }

    /** In a query string an unencoded plus means a space, and callers do forget to encode the one before the zone. */
    private static Instant since(Optional<String> text) throws Refusal {
        if (text.isEmpty()) {
            return Instant.EPOCH;
        }
        try {
            OffsetDateTime since = OffsetDateTime.parse(text.get().replace(' ', '+'));
            if (since.getYear() < 1 || since.getYear() > 9999) {
                // the record counts in microseconds, and has no room for years such as +999999999
                throw new DateTimeException("no year that anyone means");
            }
            return since.toInstant();
        } catch (DateTimeException e) {
            throw Visit.malformed("The parameter since is a date and time with a zone, such as 2019-01-31T08:00:00Z.");
        }
    }
}
