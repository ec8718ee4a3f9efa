package io.chapar.sandbox.post;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the header with which every document begins.
 *
 * @param inquiry who asks and why, for queries
 */
record Header(
        ExchangeVersion exchange,
        PartyCode sender,
        UUID messageId,
        UUID conversationId,
        Instant sentAt,
        String nonce,
        Optional<String> orderingKey,
        Optional<io.chapar.message.Header.Inquiry> inquiry) {

    private static final ZoneId BAKU = ZoneId.of("Asia/Baku");

    Map<String, Object> fields() {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("messageId", messageId.toString());
        header.put("conversationId", conversationId.toString());
        header.put("exchange", exchange.exchange());
        header.put("version", exchange.version());
        header.put("action", "new");
        header.put("sender", sender.value());
        header.put("sentAt", moment(sentAt));
        header.put("nonce", nonce);
        orderingKey.ifPresent(key -> header.put("orderingKey", key));
        inquiry.ifPresent(why -> {
            header.put("user", why.user());
            header.put("purpose", why.purpose());
            header.put("caseReference", why.caseReference());
        });
        return header;
    }

    static String moment(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                instant.truncatedTo(ChronoUnit.SECONDS).atZone(BAKU));
    }
}
