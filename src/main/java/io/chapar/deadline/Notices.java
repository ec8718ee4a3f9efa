package io.chapar.deadline;

import io.chapar.message.Fields;
import io.chapar.message.Format;
import io.chapar.message.Obligation.Emitted;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Signer;
import io.chapar.record.DueClock;
import io.chapar.schema.RecordedDocument;
import io.chapar.schema.Schemas;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the message that says that a clock has run out. It is signed like any sender's and goes in at the top of the
 * straight way, where it is verified, held to its schema and to its agreement like any other.
 */
public final class Notices {

    private static final ZoneId BAKU = ZoneId.of("Asia/Baku");
    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Schemas schemas;
    private final Signer signer;
    private final PartyDirectory parties;

    public Notices(Schemas schemas, Signer signer, PartyDirectory parties) {
        this.schemas = schemas;
        this.signer = signer;
        this.parties = parties;
    }

    /** @throws Malformed when the record's copy of what started the clock cannot be read */
    Passage.Arrived notice(DueClock clock, Emitted emitted, Instant now) throws Malformed {
        byte[] document = HardenedJson.write(content(clock, emitted, now));
        return new Passage.Arrived(
                Passage.Door.GATEWAY,
                emitted.exchange().exchange(),
                Format.JSON.mediaType(),
                document,
                Optional.of(signer.detachedJws(document)),
                parties.party(PartyCode.CHAPAR)
                        .map(party -> party.tlsCertificates().stream().limit(1).toList())
                        .orElse(List.of()),
                Format.JSON,
                false,
                now,
                UUID.randomUUID().toString());
    }

    private Map<String, Object> content(DueClock clock, Emitted emitted, Instant now) throws Malformed {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("messageId", clock.notice().toString());
        header.put("conversationId", clock.conversationId().toString());
        header.put("exchange", emitted.exchange().exchange());
        header.put("version", emitted.exchange().version());
        header.put("action", "new");
        header.put("sender", PartyCode.CHAPAR.value());
        header.put(
                "sentAt",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        now.truncatedTo(ChronoUnit.SECONDS).atZone(BAKU).toOffsetDateTime()));
        header.put("nonce", nonce());
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("header", header);
        Optional<Fields> said = said(clock);
        emitted.fields().forEach((to, from) -> value(clock, said, from).ifPresent(value -> put(content, to, value)));
        return content;
    }

    private Optional<Fields> said(DueClock clock) throws Malformed {
        Optional<byte[]> document = clock.document();
        if (document.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(RecordedDocument.fields(
                schemas.of(clock.exchange()).message(), clock.door(), clock.format(), document.get()));
    }

    private static Optional<Object> value(DueClock clock, Optional<Fields> said, String from) {
        return switch (from) {
            case Emitted.MESSAGE_ID -> Optional.of(clock.messageId().toString());
            // the term ends at 24:00 of that day
            case Emitted.LAST_DAY ->
                Optional.of(clock.due().minusNanos(1).atZone(BAKU).toLocalDate().toString());
            default -> said.flatMap(fields -> fields.at(from));
        };
    }

    private static void put(Map<String, Object> content, String pointer, Object value) {
        String[] names = pointer.substring(1).split("/", -1);
        Map<String, Object> place = content;
        for (int i = 0; i < names.length - 1; i++) {
            place = below(place, names[i]);
        }
        place.put(names[names.length - 1], value);
    }

    /** Only what is made here is ever in it: every inner value is such a map. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> below(Map<String, Object> place, String name) {
        return (Map<String, Object>) place.computeIfAbsent(name, made -> new LinkedHashMap<String, Object>());
    }

    private static String nonce() {
        byte[] random = new byte[NONCE_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
