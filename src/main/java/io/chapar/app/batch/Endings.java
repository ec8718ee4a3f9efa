package io.chapar.app.batch;

import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.trust.MessageKey;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Comparator;

/**
 * How long a batch is kept, and under which key. A batch that is signed as a whole is the proof of its messages: it is kept
 * as long as they are, and destroyed with the key of the same day. Any other can be forgotten soon: each of its messages is
 * in the record with its own signature.
 */
final class Endings {

    private final Catalogue catalogue;
    private final PayloadKeys keys;
    private final Duration kept;
    private final Clock clock;

    Endings(Catalogue catalogue, PayloadKeys keys, Duration kept, Clock clock) {
        this.catalogue = catalogue;
        this.keys = keys;
        this.kept = kept;
        this.clock = clock;
    }

    /** A new key for a batch that begins. */
    MessageKey key(String exchange) {
        return keys.forNew(exchange + "/" + lastDay(exchange));
    }

    /** Each of its messages has its line. Its last message was accepted today. */
    void done(Batch batch) throws IOException {
        Instant now = clock.instant();
        if (batch.facts().signature().isEmpty() || batch.facts().count().accepted() == 0) {
            batch.change(facts -> facts.done(facts.key(), now, now.plus(kept)));
            return;
        }
        LocalDate day = lastDay(batch.id().exchange());
        MessageKey again = keys.again(batch.key(), batch.id().exchange() + "/" + day);
        Instant until = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant atLeast = now.plus(kept);
        batch.change(facts -> facts.done(BatchFacts.Key.of(again), now, until.isBefore(atLeast) ? atLeast : until));
    }

    /** @param problem why, as a compact JWS */
    BatchFacts refused(BatchFacts facts, String problem) {
        Instant now = clock.instant();
        return facts.refused(problem, now, now.plus(kept));
    }

    private LocalDate lastDay(String exchange) {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        Period longest = catalogue.all().stream()
                .filter(agreement -> agreement.exchange().exchange().equals(exchange))
                .map(Agreement::retention)
                .max(Comparator.comparing(today::plus))
                .orElseThrow(() -> new IllegalStateException("a batch of an exchange that nobody agreed on"));
        return today.plus(longest);
    }
}
