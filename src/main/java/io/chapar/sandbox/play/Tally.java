package io.chapar.sandbox.play;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Witness;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.MailWitness;
import io.chapar.sandbox.post.Reply;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts what the agencies see of one run, and how long it took. What an earlier run left over is not counted. */
public final class Tally implements Witness, MailWitness {

    /** One exchange's part. Times in microseconds. */
    public static final class Row {
        private static final long LONGEST = 600_000_000L;

        private final LongAdder sent = new LongAdder();
        private final LongAdder accepted = new LongAdder();
        private final LongAdder repeated = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAdder delivered = new LongAdder();
        private final LongAdder again = new LongAdder();
        private final LongAdder acknowledged = new LongAdder();
        private final Map<String, LongAdder> refused = new ConcurrentSkipListMap<>();
        private final Histogram receipt = new ConcurrentHistogram(LONGEST, 3);
        private final Histogram delivery = new ConcurrentHistogram(LONGEST, 3);

        public long sent() {
            return sent.sum();
        }

        public long accepted() {
            return accepted.sum();
        }

        public long repeated() {
            return repeated.sum();
        }

        public long failed() {
            return failed.sum();
        }

        public long delivered() {
            return delivered.sum();
        }

        /** Deliveries that came once more and had no effect. */
        public long again() {
            return again.sum();
        }

        public long acknowledged() {
            return acknowledged.sum();
        }

        public long refused() {
            return refused.values().stream().mapToLong(LongAdder::sum).sum();
        }

        /** How many for each code. */
        public Map<String, Long> refusals() {
            Map<String, Long> counts = new TreeMap<>();
            refused.forEach((code, count) -> counts.put(code, count.sum()));
            return counts;
        }

        public Histogram receipt() {
            return receipt;
        }

        public Histogram delivery() {
            return delivery;
        }
    }

    private record Id(PartyCode sender, UUID messageId) {}

    private final Map<String, Row> rows = new ConcurrentSkipListMap<>();
    private final Map<Id, Long> due = new ConcurrentHashMap<>();
    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, LongAdder> turnedAway = new ConcurrentSkipListMap<>();

    /** By exchange. */
    public Map<String, Row> rows() {
        return rows;
    }

    public Map<String, LongAdder> turnedAway() {
        return turnedAway;
    }

    private Row row(String exchange) {
        return rows.computeIfAbsent(exchange, fresh -> new Row());
    }

    @Override
    public void sending(Letter letter, long at) {
        row(letter.exchange()).sent.increment();
        due.putIfAbsent(new Id(letter.carrier(), letter.messageId()), at);
    }

    @Override
    public void answered(Letter letter, Reply reply, long at) {
        Row row = row(letter.exchange());
        if (!reply.accepted()) {
            row.refused
                    .computeIfAbsent(reply.refusal(), fresh -> new LongAdder())
                    .increment();
            return;
        }
        boolean again = due.getOrDefault(new Id(letter.carrier(), letter.messageId()), at) != at;
        (again ? row.repeated : row.accepted).increment();
        row.receipt.recordValue(micros(at));
    }

    @Override
    public void failed(Letter letter, String why) {
        row(letter.exchange()).failed.increment();
    }

    @Override
    public void received(PartyCode receiver, PartyCode sender, UUID messageId, String exchange, boolean first) {
        Long at = due.get(new Id(sender, messageId));
        if (at == null) {
            return;
        }
        Row row = row(exchange);
        if (first) {
            row.delivered.increment();
            row.delivery.recordValue(micros(at));
        } else {
            row.again.increment();
        }
    }

    @Override
    public void acknowledged(UUID deliveryId, PartyCode sender, UUID messageId, String exchange) {
        if (due.containsKey(new Id(sender, messageId)) && acknowledged.add(deliveryId)) {
            row(exchange).acknowledged.increment();
        }
    }

    @Override
    public void turnedAway(PartyCode receiver, String why) {
        turnedAway
                .computeIfAbsent(receiver + " " + why, fresh -> new LongAdder())
                .increment();
    }

    private static long micros(long since) {
        return Math.max(0, Math.min(Row.LONGEST, (System.nanoTime() - since) / 1000));
    }

    public long total(ToLongFunction<Row> what) {
        return rows.values().stream().mapToLong(what).sum();
    }
}
