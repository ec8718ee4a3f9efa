package io.chapar.attachments;

import io.chapar.message.Digest;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.sandbox.post.Draft;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages with a large file beside them. */
public final class LargeFile {

    /** Of {@link #REGISTRATION}. */
    public static final PartyCode SENDER = new PartyCode("MFA-ISTANBUL");

    /** By the consulate in Istanbul, with a certificate of employment. */
    static final ExchangeVersion REGISTRATION = new ExchangeVersion("consular-registration", "1.0");

    /** By the border service, with the application itself. */
    public static final ExchangeVersion REFERRAL = new ExchangeVersion("asylum-referral", "1.0");

    /** Stands in every line of every file, and must stand nowhere on the gateway's disk. */
    static final String MARK = "Leyla has worked here since spring ";

    private LargeFile() {}

    /** No two of the same seed and size differ. */
    public static byte[] bytes(int size, int seed) {
        byte[] line = ("%PDF-1.7 " + MARK + seed + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[size];
        for (int at = 0; at < size; at += line.length) {
            System.arraycopy(line, 0, bytes, at, Math.min(line.length, size - at));
        }
        return bytes;
    }

    /** A registration. */
    public static Draft draft(byte[] described, byte[] sent) throws IOException, Malformed {
        return draft(REGISTRATION, Digest.of(described), sent);
    }

    /** @param described which digest stands in the document */
    public static Draft draft(ExchangeVersion exchange, Digest described, byte[] sent) throws IOException, Malformed {
        Path sample = Path.of("schemas", exchange.exchange(), exchange.version(), "samples", "full.json");
        Map<String, Object> content = new LinkedHashMap<>(HardenedJson.parse(Files.readAllBytes(sample)));
        UUID messageId = UUID.randomUUID();
        Map<String, Object> header = copy(content.get("header"));
        header.put("messageId", messageId.toString());
        header.put("conversationId", UUID.randomUUID().toString());
        header.put("orderingKey", "of-" + messageId);
        header.put("sentAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        content.put("header", header);
        Map<String, Object> attachment = copy(((List<?>) content.getOrDefault("attachment", List.of())).get(0));
        attachment.put("digest", described.value());
        attachment.put("size", (long) sent.length);
        content.put("attachment", List.of(attachment));
        return new Draft(
                exchange,
                new PartyCode(String.valueOf(header.get("sender"))),
                messageId,
                content,
                List.of(new Passage.Attachment(String.valueOf(attachment.get("contentId")), "application/pdf", sent)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> copy(@Nullable Object map) {
        return new LinkedHashMap<>((Map<String, Object>) Objects.requireNonNull(map));
    }
}
