package io.chapar.sandbox.load;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.play.Pace;
import io.chapar.sandbox.play.Tally;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that are sent at a steady rate, whatever the gateway does, and what came of them. */
final class Traffic {

    /** That may be waiting for their answers at once; more than the gateway has threads for callers. */
    static final int SENDERS = 400;

    private static final double ALL_AT_ONCE = 1e6;
    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);
    private static final long LONGEST_MICROS = 600_000_000L;

    private final Mail mail;
    private final Tally tally;
    private final Map<PartyCode, LongAdder> owed = new ConcurrentSkipListMap<>();
    private final Map<String, Histogram> refused = new ConcurrentSkipListMap<>();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder withoutRetryAfter = new LongAdder();
    private Map<PartyCode, Long> atLastAnswer = Map.of();
    private long sendingNanos;

    private Traffic(Mail mail, Tally tally) {
        this.mail = mail;
        this.tally = tally;
    }

    /** Returns when the last has its answer. Times count from when each was meant to go. */
    static Traffic at(double perSecond, int messages, Mail mail, Tally tally, IntFunction<Source.Item> items)
            throws InterruptedException {
        Traffic traffic = new Traffic(mail, tally);
        long begin = System.nanoTime();
        try (Pace pace = new Pace(SENDERS)) {
            pace.run(messages, perSecond, number -> {
                long due = begin + (long) (number * 1e9 / perSecond);
                traffic.send(items.apply(number), Math.min(due, System.nanoTime()));
            });
        }
        traffic.ends(begin);
        return traffic;
    }

    /** Each connection sends its next when it has the answer to the one before, until enough are accepted or time is up. */
    static Traffic asFastAsItGoes(
            int connections, long enough, Duration longest, Mail mail, Tally tally, Supplier<Source.Item> next)
            throws InterruptedException {
        Traffic traffic = new Traffic(mail, tally);
        long begin = System.nanoTime();
        try (Pace pace = new Pace(connections)) {
            pace.run(connections, ALL_AT_ONCE, connection -> {
                while (tally.total(Tally.Row::accepted) < enough && System.nanoTime() - begin < longest.toNanos()) {
                    traffic.send(next.get(), System.nanoTime());
                }
            });
        }
        traffic.ends(begin);
        return traffic;
    }

    private void ends(long begin) {
        sendingNanos = System.nanoTime() - begin;
        atLastAnswer = owed().keySet().stream().collect(Collectors.toMap(Function.identity(), this::delivered));
    }

    private void send(Source.Item item, long due) {
        try {
            long sent = System.nanoTime();
            Reply reply = answered(item, due);
            if (reply.accepted()) {
                item.receivers()
                        .forEach(receiver -> owed.computeIfAbsent(receiver, fresh -> new LongAdder())
                                .increment());
                return;
            }
            refused.computeIfAbsent(
                            reply.status() + " " + reply.refusal(), fresh -> new ConcurrentHistogram(LONGEST_MICROS, 3))
                    .recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - sent)));
            if (reply.retryAfter().isEmpty()) {
                withoutRetryAfter.increment();
            }
        } catch (IOException e) {
            LOG.debug("no answer again", e);
        }
    }

    /** Whose answer is lost sends the same again, as agencies do. */
    private Reply answered(Source.Item item, long due) throws IOException {
        try {
            return mail.send(item.letter(), due);
        } catch (IOException e) {
            unanswered.increment();
            LOG.debug("no answer; the tally has counted it", e);
            return mail.send(item.letter(), due);
        }
    }

    Tally tally() {
        return tally;
    }

    /** Of those that were accepted. */
    Map<PartyCode, Long> owed() {
        Map<PartyCode, Long> all = new TreeMap<>();
        owed.forEach((party, count) -> all.put(party, count.sum()));
        return all;
    }

    long owed(PartyCode party) {
        LongAdder count = owed.get(party);
        return count == null ? 0 : count.sum();
    }

    long delivered(PartyCode party) {
        Tally.Row row = tally.rows().get(party.value());
        return row == null ? 0 : row.delivered();
    }

    /** Whether this one has everything that it is owed. */
    boolean arrived(PartyCode party) {
        return delivered(party) >= owed(party);
    }

    /** Of what this one is owed, the part that it had when the last message had its answer. */
    double partAtLastAnswer(PartyCode party) {
        return atLastAnswer.getOrDefault(party, 0L) / (double) Math.max(1, owed(party));
    }

    /** From when a message was meant to go until this one was given it, in microseconds. */
    Histogram deliveryTimes(PartyCode party) {
        Tally.Row row = tally.rows().get(party.value());
        return row == null ? new Histogram(3) : row.delivery();
    }

    /** How long each took, in microseconds from its sending, by status and code. */
    Map<String, Histogram> refused() {
        return refused;
    }

    void tellRefused(Findings findings, String when) {
        refused.forEach((code, times) -> findings.figure("  refused " + when + " with " + code, times.getTotalCount()));
        if (unanswered.sum() > 0) {
            findings.figure("  sent again " + when + ", since no answer came", unanswered.sum());
        }
    }

    long withoutRetryAfter() {
        return withoutRetryAfter.sum();
    }

    /** Of whatever code. */
    Histogram refusals() {
        Histogram all = new Histogram(3);
        refused.values().forEach(all::add);
        return all;
    }

    double seconds() {
        return sendingNanos / 1e9;
    }

    double acceptedPerSecond() {
        return tally.total(Tally.Row::accepted) / seconds();
    }
}
