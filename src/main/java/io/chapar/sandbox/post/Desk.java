package io.chapar.sandbox.post;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Header.Inquiry;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What every desk of an agency has: people to write about, today's date, and the header. */
class Desk {

    private static final ZoneId BAKU = ZoneId.of("Asia/Baku");

    final RandomGenerator random;
    final People people;
    final Clock clock;

    Desk(RandomGenerator random, Clock clock) {
        this.random = random;
        this.people = new People(random);
        this.clock = clock;
    }

    final LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), BAKU);
    }

    final Map<String, Object> document(String type, String series, int digits) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", type);
        document.put("number", people.documentNumber(series, digits));
        document.put("issueDate", "2021-03-15");
        document.put("issuer", "AZE");
        return document;
    }

    final Draft draft(String exchange, String sender, Map<String, Object> rest) {
        return draft(exchange, sender, Optional.empty(), Optional.empty(), rest, List.of());
    }

    final Draft draft(
            String exchange,
            String sender,
            Optional<String> key,
            Optional<Inquiry> why,
            Map<String, Object> rest,
            List<Passage.Attachment> attachments) {
        ExchangeVersion version = new ExchangeVersion(exchange, "1.0");
        PartyCode party = new PartyCode(sender);
        UUID messageId = UUID.randomUUID();
        Header header =
                new Header(version, party, messageId, UUID.randomUUID(), clock.instant(), Nonces.next(), key, why);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("header", header.fields());
        content.putAll(rest);
        return new Draft(version, party, messageId, content, attachments);
    }
}
