package io.chapar.sandbox.agency;

import io.chapar.message.Digest;
import io.chapar.message.PartyCode;
import io.chapar.message.Signer;
import io.chapar.sandbox.post.Documents;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import io.chapar.trust.SignatureRefused;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** One receiving agency: checks, remembers, has its effect, acknowledges; or misbehaves, when told to. */
final class Agency {

    private static final Pattern PERSONAL =
            Pattern.compile("(?:familyName|givenName|birthDate|number)\"?\\s*[:>]\\s*\"?([^\"<\\s][^\"<]{0,40})");
    private static final int MOST_QUOTED = 12;
    private static final String COMMON = "urn:chapar:common:1.0";
    private static final Digest OF_SOMETHING_ELSE = Digest.of(new byte[0]);

    private final PartyCode code;
    private final Optional<Signer> signer;
    private final Checks checks;
    private final DeliveryMemory memory;
    private final Effect effect;
    private final Witness witness;
    private final Clock clock;
    private volatile Mood mood = Mood.WELL;

    /** @param signer absent for an agency whose acknowledgements are not signed */
    Agency(
            PartyCode code,
            Optional<Signer> signer,
            Checks checks,
            DeliveryMemory memory,
            Effect effect,
            Witness witness,
            Clock clock) {
        this.code = code;
        this.signer = signer;
        this.checks = checks;
        this.memory = memory;
        this.effect = effect;
        this.witness = witness;
        this.clock = clock;
    }

    PartyCode code() {
        return code;
    }

    Mood mood() {
        return mood;
    }

    /** Whether it fetches what is its own just now. */
    boolean fetches() {
        if (mood.kind() != Mood.Kind.DOWN) {
            return true;
        }
        witness.misbehaved(code);
        return false;
    }

    synchronized void become(Mood next) {
        mood = next;
    }

    /** Returns whether it was in this mood until now. */
    private synchronized boolean recovers(Mood from) {
        if (mood != from) {
            return false;
        }
        mood = new Mood(Mood.Kind.UP, from.delay());
        return true;
    }

    Answer receive(Delivery delivery) {
        Mood now = mood;
        if (!now.equals(Mood.WELL)) {
            witness.misbehaved(code);
        }
        switch (now.kind()) {
            case DOWN -> {
                return Answer.NOTHING;
            }
            case REFUSE -> {
                return refuse();
            }
            case QUOTE -> {
                return quote(delivery);
            }
            case REFUSE_ONCE -> {
                // Of two that come in the same moment, one is refused.
                return recovers(now) ? refuse() : receive(delivery);
            }
            case ERROR -> {
                return turnAway(500, "told-to-fail", "This agency was told to fail");
            }
            case UP, WRONG_DIGEST, BAD_SIGNATURE, SILENT, CUT, TWICE, NOTE -> {
                return believe(delivery, now.kind());
            }
        }
        throw new IllegalStateException("a mood without behaviour: " + now);
    }

    private Answer believe(Delivery delivery, Mood.Kind kind) {
        try {
            Checks.Checked checked = delivery.soap()
                    ? checks.envelope(delivery.payload())
                    : checks.document(delivery.payload(), delivery.contentType(), delivery.jws());
            if (!delivery.filesAreNamed()) {
                return turnAway(400, "file-unnamed", "A file came along that the document does not name");
            }
            UUID id =
                    delivery.deliveryId().orElseThrow(() -> new IllegalArgumentException("a delivery without its id"));
            effect.of(id, checked.content());
            boolean first = memory.first(id);
            witness.read(code, id, checked.content());
            witness.received(
                    code,
                    checked.content().sender(),
                    checked.content().messageId(),
                    checked.content().exchange(),
                    first);
            Digest digest = kind == Mood.Kind.WRONG_DIGEST ? OF_SOMETHING_ELSE : checked.digest();
            if (kind == Mood.Kind.SILENT) {
                return Answer.NOTHING;
            }
            Answer answer = acknowledgement(delivery, id, digest, kind);
            if (kind == Mood.Kind.CUT) {
                return answer.broken();
            }
            if (kind == Mood.Kind.UP || kind == Mood.Kind.TWICE || kind == Mood.Kind.NOTE) {
                Content content = checked.content();
                witness.acknowledged(id, content.sender(), content.messageId(), content.exchange());
            }
            return answer;
        } catch (Malformed e) {
            return turnAway(400, "malformed", String.valueOf(e.getMessage()));
        } catch (SignatureRefused e) {
            return turnAway(400, "signature-invalid", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return turnAway(400, "incomplete", String.valueOf(e.getMessage()));
        }
    }

    private Answer acknowledgement(Delivery delivery, UUID id, Digest digest, Mood.Kind kind) {
        boolean forged = kind == Mood.Kind.BAD_SIGNATURE;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("deliveryId", id.toString());
        fields.put("digest", digest.value());
        fields.put("at", clock.instant().toString());
        if (kind == Mood.Kind.NOTE) {
            fields.put("note", String.join(" ", personal(delivery)));
        }
        if (!delivery.soap()) {
            byte[] json = HardenedJson.write(fields);
            byte[] signed = forged ? new byte[] {'{', '}'} : json;
            return new Answer(200, "application/json", json, signer.map(own -> own.detachedJws(signed)));
        }
        byte[] element = Documents.xml("acknowledgement", COMMON, fields);
        byte[] envelope = signer.map(own -> own.envelope(element, delivery.soap12()))
                .orElseGet(() -> plainEnvelope(element, delivery.soap12()));
        if (forged) {
            envelope = new String(envelope, StandardCharsets.UTF_8)
                    .replace("<digest>sha-256:", "<digest>sha-256:0")
                    .getBytes(StandardCharsets.UTF_8);
        }
        String type = delivery.soap12() ? "application/soap+xml; charset=utf-8" : "text/xml; charset=utf-8";
        return new Answer(200, type, envelope, Optional.empty());
    }

    private static byte[] plainEnvelope(byte[] element, boolean soap12) {
        String namespace =
                soap12 ? "http://www.w3.org/2003/05/soap-envelope" : "http://schemas.xmlsoap.org/soap/envelope/";
        String text = "<soap:Envelope xmlns:soap=\"" + namespace + "\"><soap:Body>"
                + new String(element, StandardCharsets.UTF_8) + "</soap:Body></soap:Envelope>";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Answer refuse() {
        return turnAway(422, "told-to-refuse", "This agency was told to refuse");
    }

    private static List<String> personal(Delivery delivery) {
        return PERSONAL.matcher(new String(delivery.payload(), StandardCharsets.UTF_8))
                .results()
                .map(found -> found.group(1))
                .limit(MOST_QUOTED)
                .toList();
    }

    private Answer quote(Delivery delivery) {
        List<String> quoted = personal(delivery);
        String born = quoted.stream()
                .filter(word -> word.matches("[0-9-]+"))
                .findFirst()
                .orElse("told-to-quote");
        witness.turnedAway(code, "told-to-quote");
        return Answer.json(422, HardenedJson.write(Map.of("code", born, "text", String.join(" ", quoted))));
    }

    private Answer turnAway(int status, String refusal, String text) {
        witness.turnedAway(code, refusal);
        return Answer.json(status, HardenedJson.write(Map.of("code", refusal, "text", text)));
    }
}
