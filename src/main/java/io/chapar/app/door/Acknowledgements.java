package io.chapar.app.door;

import io.chapar.accept.ContentType;
import io.chapar.message.Digest;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Proof;
import io.chapar.message.Refusal;
import io.chapar.message.Violation;
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
        UUID deliveryId = deliveryId(said);
        Digest digest = digest(text(said, "digest"));
        Instant at = instant(text(said, "at"));
        Digest handedOut = handedOut(party, addressed);
        if (!deliveryId.equals(addressed)) {
            throw broken(ProblemCode.RULE, "/deliveryId", "the id in the address");
        }
        if (!digest.equals(handedOut)) {
            throw broken(ProblemCode.RULE, "/digest", "the digest of this delivery");
        }
        // Last, since it costs most.
        if (party.acknowledgementSigned() || arrived.detachedSignature().isPresent()) {
            identity.mustHaveSigned(party, arrived);
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
            // In this order: a repeat may come while the first is recorded.
            if (record.mailboxDigest(party.code(), addressed).isEmpty() && !record.isRefused(party.code(), addressed)) {
                throw unknown();
            }
            identity.mustHaveSigned(party, arrived);
        }
        if (!record.refusedFromMailbox(party.code(), addressed, code, text)) {
            Digest unused = handedOut(party, addressed);
            throw broken(ProblemCode.RULE, "", "a delivery that was not acknowledged before");
        }
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

    /** The digest of what the party was, or is to be, handed out under this id. */
    private Digest handedOut(Party party, UUID deliveryId) throws Refusal {
        Optional<Digest> digest = record.mailboxDigest(party.code(), deliveryId);
        if (digest.isPresent()) {
            return digest.get();
        }
        throw record.isRefused(party.code(), deliveryId)
                ? broken(
                        ProblemCode.RULE,
                        "/deliveryId",
                        "a delivery that you did not refuse and its sender did not take back")
                : unknown();
    }

    private static Refusal unknown() {
        return new Refusal(ProblemCode.UNKNOWN_MESSAGE, "There is no delivery of this id in your mailbox or queue.");
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
