package io.chapar.app.rest;

import io.chapar.accept.ContentType;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.Intake;
import io.chapar.message.Digest;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Violation;
import io.chapar.record.MailboxEntry;
import io.chapar.record.MessageRecord;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a receiver says about a delivery from its mailbox: that it has it, or that it will not have it. */
final class Replying {

    /** Such an object has a few hundred bytes. */
    private static final int LARGEST = 16_384;

    private static final int LONGEST_CODE = 64;
    private static final int LONGEST_TEXT = 1_000;

    private final Intake intake;
    private final CallerIdentity identity;
    private final MessageRecord record;

    Replying(Intake intake, CallerIdentity identity, MessageRecord record) {
        this.intake = intake;
        this.identity = identity;
        this.record = record;
    }

    /** {@code POST /api/v1/deliveries/{deliveryId}/acknowledgement}. */
    void acknowledge(Visit visit) throws Refusal, IOException {
        Passage.Arrived arrived = read(visit);
        Party party = identity.party(arrived);
        if (party.acknowledgementSigned() || arrived.detachedSignature().isPresent()) {
            identity.mustHaveSigned(party, arrived);
        }
        Map<String, Object> said = parse(arrived);
        MailboxEntry entry = entry(party, visit.id(0));
        UUID deliveryId = Visit.uuid(text(said, "deliveryId"))
                .orElseThrow(() -> broken(ProblemCode.SCHEMA, "/deliveryId", "a UUID"));
        Digest digest = digest(text(said, "digest"));
        Instant at = instant(text(said, "at"));
        if (!deliveryId.equals(entry.deliveryId())) {
            throw broken(ProblemCode.RULE, "/deliveryId", "the id in the address");
        }
        Optional<String> signature = arrived.detachedSignature();
        if (!digest.equals(entry.digest())
                || !record.acknowledgedFromMailbox(
                        party.code(), deliveryId, digest, arrived.body(), signature.orElse(null), at)) {
            throw broken(ProblemCode.RULE, "/digest", "the digest of this delivery");
        }
        visit.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** {@code POST /api/v1/deliveries/{deliveryId}/refusal}. Need not be signed; a signature that is there must hold. */
    void refuse(Visit visit) throws Refusal, IOException {
        Passage.Arrived arrived = read(visit);
        Party party = identity.party(arrived);
        if (arrived.detachedSignature().isPresent()) {
            identity.mustHaveSigned(party, arrived);
        }
        Map<String, Object> said = parse(arrived);
        String code = text(said, "code");
        String text = text(said, "text");
        if (code.isEmpty() || code.length() > LONGEST_CODE) {
            throw broken(ProblemCode.SCHEMA, "/code", "1 to " + LONGEST_CODE + " characters");
        }
        if (text.length() > LONGEST_TEXT) {
            throw broken(ProblemCode.SCHEMA, "/text", "at most " + LONGEST_TEXT + " characters");
        }
        UUID deliveryId = visit.id(0);
        if (!record.refusedFromMailbox(party.code(), deliveryId, code, text)) {
            entry(party, deliveryId);
            throw broken(ProblemCode.RULE, "", "a delivery that was not acknowledged before");
        }
        visit.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private Passage.Arrived read(Visit visit) throws Refusal, IOException {
        Passage.Arrived arrived = intake.read(visit.request(), Passage.Door.REST, "", false);
        boolean json = ContentType.of(arrived.contentType())
                .filter(type -> type.mediaType().equals(Format.JSON.mediaType()))
                .isPresent();
        if (!json) {
            throw new Refusal(ProblemCode.MEDIA_TYPE, "This is said in application/json.");
        }
        if (arrived.body().length > LARGEST) {
            throw new Refusal(ProblemCode.TOO_LARGE, "At most " + LARGEST + " bytes are read here.");
        }
        return arrived;
    }

    private MailboxEntry entry(Party party, UUID deliveryId) throws Refusal {
        return record.mailboxEntry(party.code(), deliveryId)
                .orElseThrow(() ->
                        new Refusal(ProblemCode.UNKNOWN_MESSAGE, "There is no delivery of this id in your mailbox."));
    }

    private static Map<String, Object> parse(Passage.Arrived arrived) throws Refusal {
        try {
            return HardenedJson.parse(arrived.body());
        } catch (Malformed e) {
            throw new Refusal(ProblemCode.MALFORMED, "The body is not a JSON object that can be read.");
        }
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
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw broken(ProblemCode.SCHEMA, "/at", "a date and time with a zone");
        }
    }

    private static Refusal broken(ProblemCode code, String pointer, String rule) {
        return new Refusal(
                Problem.of(code, "Expected at " + pointer + ": " + rule + ".", List.of(new Violation(pointer, rule))));
    }
}
