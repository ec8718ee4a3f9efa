package io.chapar.app.door;

import io.chapar.accept.ContentType;
import io.chapar.message.Digest;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Proof;
import io.chapar.message.Refusal;
import io.chapar.message.Violation;
import io.chapar.record.MailboxEntry;
import io.chapar.record.MessageRecord;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a receiver says about a delivery that it fetched or took: that it has it, or that it will not have it. The same
 * object on every channel.
 */
public final class Acknowledgements {

    /** Such an object has a few hundred bytes. */
    private static final int LARGEST = 16_384;

    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_TEXT = 1_000;
    private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    /** Who verifies computes, and waits for nothing. */
    private static final int AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

    private final EvenTurns<PartyCode> turns = new EvenTurns<>(AT_ONCE, AT_ONCE);
    private final CallerIdentity identity;
    private final MessageRecord record;

    public Acknowledgements(CallerIdentity identity, MessageRecord record) {
        this.identity = identity;
        this.record = record;
    }

    /**
     * Which of the two it is shows by its content: a refusal has a code. Returns the delivery that it speaks of.
     *
     * @param addressed the delivery that is named beside the content: a refusal need not name it within, and whoever names
     *     it twice means one
     */
    public UUID take(Passage.Arrived arrived, Optional<String> addressed) throws Refusal {
        check(arrived);
        Party party = identity.party(arrived);
        Map<String, Object> said = parse(arrived);
        UUID deliveryId = deliveryId(said, addressed);
        if (said.containsKey("code")) {
            refuse(party, arrived, said, deliveryId);
        } else {
            acknowledge(party, arrived, said, deliveryId);
        }
        return deliveryId;
    }

    /** {@code {"deliveryId","digest","at"}} about the delivery that is addressed. */
    public void acknowledge(Passage.Arrived arrived, UUID addressed) throws Refusal {
        check(arrived);
        acknowledge(identity.party(arrived), arrived, parse(arrived), addressed);
    }

    /** {@code {"code","text"}} about the delivery that is addressed. */
    public void refuse(Passage.Arrived arrived, UUID addressed) throws Refusal {
        check(arrived);
        refuse(identity.party(arrived), arrived, parse(arrived), addressed);
    }

    private void acknowledge(Party party, Passage.Arrived arrived, Map<String, Object> said, UUID addressed)
            throws Refusal {
        MailboxEntry entry = entry(party, addressed);
        UUID deliveryId = deliveryId(said);
        Digest digest = digest(text(said, "digest"));
        Instant at = instant(text(said, "at"));
        if (!deliveryId.equals(entry.deliveryId())) {
            throw broken(ProblemCode.RULE, "/deliveryId", "the id in the address");
        }
        if (!digest.equals(entry.digest())) {
            throw broken(ProblemCode.RULE, "/digest", "the digest of this delivery");
        }
        if (party.acknowledgementSigned() || arrived.detachedSignature().isPresent()) {
            mustHaveSigned(party, arrived);
        }
        Proof proof = new Proof(arrived.body(), arrived.detachedSignature());
        if (!record.acknowledgedFromMailbox(party.code(), deliveryId, digest, proof, at)) {
            throw broken(ProblemCode.RULE, "/digest", "the digest of this delivery");
        }
    }

    /** Need not be signed; a signature that is there must hold. */
    private void refuse(Party party, Passage.Arrived arrived, Map<String, Object> said, UUID addressed) throws Refusal {
        String code = text(said, "code");
        String text = text(said, "text");
        if (code.isEmpty() || code.length() > LONGEST_CODE) {
            throw broken(ProblemCode.SCHEMA, "/code", "1 to " + LONGEST_CODE + " characters");
        }
        if (text.length() > LONGEST_TEXT) {
            throw broken(ProblemCode.SCHEMA, "/text", "at most " + LONGEST_TEXT + " characters");
        }
        if (arrived.detachedSignature().isPresent()) {
            if (!record.isRefused(party.code(), addressed)) {
                MailboxEntry unused = entry(party, addressed);
                assert unused.deliveryId().equals(addressed);
            }
            mustHaveSigned(party, arrived);
        }
        if (!record.refusedFromMailbox(party.code(), addressed, code, text)) {
            entry(party, addressed);
            throw broken(ProblemCode.RULE, "", "a delivery that was not acknowledged before");
        }
    }

    /** Last of all that is looked at, since it costs most; and nobody keeps the processors from others with it. */
    private void mustHaveSigned(Party party, Passage.Arrived arrived) throws Refusal {
        Turns.during(
                turns,
                party.code(),
                "So many signatures wait to be verified that this one was not looked at. Send fewer at once.",
                () -> {
                    identity.mustHaveSigned(party, arrived);
                    return party;
                });
    }

    private static void check(Passage.Arrived arrived) throws Refusal {
        boolean json = ContentType.of(arrived.contentType())
                .filter(type -> type.mediaType().equals(Format.JSON.mediaType()))
                .isPresent();
        if (!json) {
            throw new Refusal(ProblemCode.MEDIA_TYPE, "This is said in application/json.");
        }
        if (arrived.body().length > LARGEST) {
            throw new Refusal(ProblemCode.TOO_LARGE, "At most " + LARGEST + " bytes are read here.");
        }
    }

    private MailboxEntry entry(Party party, UUID deliveryId) throws Refusal {
        Optional<MailboxEntry> entry = record.mailboxEntry(party.code(), deliveryId);
        if (entry.isPresent()) {
            return entry.get();
        }
        if (record.isRefused(party.code(), deliveryId)) {
            throw broken(
                    ProblemCode.RULE,
                    "/deliveryId",
                    "a delivery that you did not refuse and its sender did not take back");
        }
        throw new Refusal(ProblemCode.UNKNOWN_MESSAGE, "There is no delivery of this id in your mailbox or queue.");
    }

    private static Map<String, Object> parse(Passage.Arrived arrived) throws Refusal {
        try {
            return HardenedJson.parse(arrived.body());
        } catch (Malformed e) {
            throw new Refusal(ProblemCode.MALFORMED, "The body is not a JSON object that can be read.");
        }
    }

    private static UUID deliveryId(Map<String, Object> said, Optional<String> addressed) throws Refusal {
        if (addressed.isEmpty()) {
            return deliveryId(said);
        }
        UUID beside = uuid(addressed.get());
        if (said.containsKey("deliveryId") && !deliveryId(said).equals(beside)) {
            throw broken(ProblemCode.RULE, "/deliveryId", "the delivery that the property deliveryId names");
        }
        return beside;
    }

    private static UUID deliveryId(Map<String, Object> said) throws Refusal {
        return uuid(text(said, "deliveryId"));
    }

    private static UUID uuid(String text) throws Refusal {
        if (!text.matches(UUID_FORM)) {
            throw broken(ProblemCode.SCHEMA, "/deliveryId", "a UUID");
        }
        return UUID.fromString(text);
    }

    private static String text(Map<String, Object> said, String name) throws Refusal {
        if (said.get(name) instanceof String text) {
            return text;
        }
        throw broken(ProblemCode.SCHEMA, "/" + name, "a string");
    }

    private static Digest digest(String text) throws Refusal {
        try {
            return new Digest(text);
        } catch (IllegalArgumentException e) {
            throw broken(ProblemCode.SCHEMA, "/digest", "sha-256: and 64 lower-case hexadecimal digits");
        }
    }

    private static Instant instant(String text) throws Refusal {
        try {
            OffsetDateTime at = OffsetDateTime.parse(text);
            if (at.getYear() < 1 || at.getYear() > 9999) {
                throw new DateTimeException("no year that anyone means");
            }
            return at.toInstant();
        } catch (DateTimeException e) {
            throw broken(ProblemCode.SCHEMA, "/at", "a date and time with a zone, of the years 1 to 9999");
        }
    }

    private static Refusal broken(ProblemCode code, String pointer, String rule) {
        return new Refusal(
                Problem.of(code, "Expected at " + pointer + ": " + rule + ".", List.of(new Violation(pointer, rule))));
    }
}
