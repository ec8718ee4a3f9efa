package io.chapar.app.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.chapar.app.door.DoorSettings;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.record.MailboxEntry;
import io.chapar.record.MessageRecord;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Hands deliveries out of mailboxes, and writes them. */
final class Mailbox {

    /** Taken from the record at once, and weighed before more is taken: payloads may be large. */
    private static final int BATCH = 5;

    private static final long ENOUGH_BYTES = 4_000_000;

    private static final JsonFactory JSON = new JsonFactory();

    private final MessageRecord record;
    private final DoorSettings settings;

    Mailbox(MessageRecord record, DoorSettings settings) {
        this.record = record;
        this.settings = settings;
    }

    /** Up to so many; fewer when they are large, so that an answer has bounds. */
    List<MailboxEntry> handOut(PartyCode receiver, int most) {
        List<MailboxEntry> all = new ArrayList<>();
        long bytes = 0;
        while (all.size() < most && bytes < ENOUGH_BYTES) {
            int wanted = Math.min(BATCH, most - all.size());
            List<MailboxEntry> batch = record.handOut(receiver, wanted, settings.invisible());
            all.addAll(batch);
            bytes += batch.stream().mapToLong(entry -> entry.payload().size()).sum();
            if (batch.size() < wanted) {
                break;
            }
        }
        return all;
    }

    void write(HttpServletResponse response, List<MailboxEntry> entries) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(Format.JSON.mediaType());
        response.setHeader("Cache-Control", "no-store");
        try (JsonGenerator out = JSON.createGenerator(response.getOutputStream())) {
            out.writeStartObject();
            out.writeArrayFieldStart("deliveries");
            for (MailboxEntry entry : entries) {
                write(out, entry);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    private static void write(JsonGenerator out, MailboxEntry entry) throws IOException {
        out.writeStartObject();
        out.writeStringField("deliveryId", entry.deliveryId().toString());
        out.writeStringField("messageId", entry.messageId().toString());
        out.writeStringField("sender", entry.sender().value());
        out.writeStringField("exchange", entry.exchange().exchange());
        out.writeStringField("version", entry.exchange().version());
        out.writeStringField("contentType", entry.contentType());
        if (entry.signature().isPresent()) {
            out.writeStringField("signature", entry.signature().get());
        } else {
            out.writeNullField("signature");
        }
        out.writeStringField("digest", entry.digest().value());
        out.writeStringField("originalDigest", entry.originalDigest().value());
        out.writeNumberField("attempt", entry.attempt());
        out.writeFieldName("payload");
        try (InputStream payload = entry.payload().open()) {
            out.writeBinary(payload, Math.toIntExact(entry.payload().size()));
        }
        out.writeEndObject();
    }
}
