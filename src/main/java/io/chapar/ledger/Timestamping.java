package io.chapar.ledger;

import io.chapar.trust.TimestampRefused;
import io.chapar.trust.TimestampTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the newest checkpoint timestamped: one at a time over all nodes, and a new one not before the pace allows. A
 * timestamp over a checkpoint is one over everything before it, so those in between need none.
 */
public final class Timestamping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Timestamping.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);

    private final TimestampStore store;
    private final TimestampTokens tokens;
    private final Optional<TimestampAuthority> authority;
    private final TimestampGate gate;
    private final Duration every;
    private final LongSupplier nanos;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "chapar-timestamps");
        thread.setDaemon(true);
        return thread;
    });

    private long due;
    private Duration backOff = FIRST_BACK_OFF;
    private boolean wasClosed;
    private volatile Optional<String> failure = Optional.empty();

    /**
     * @param authority without one nothing gets a timestamp
     * @param every between two timestamps, and the longest time between two attempts
     * @param nanos a clock that only runs forward
     */
    public Timestamping(
            TimestampStore store,
            TimestampTokens tokens,
            Optional<? extends TimestampAuthority> authority,
            TimestampGate gate,
            Duration every,
            LongSupplier nanos) {
        this.store = store;
        this.tokens = tokens;
        this.authority = authority.map(one -> one);
        this.gate = gate;
        this.every = every;
        this.nanos = nanos;
        this.due = nanos.getAsLong();
    }

    /** What went wrong with the last attempt; empty when it went well. */
    public Optional<String> failure() {
        return failure;
    }

    /** Tells the gate how things stand. Once before anything is accepted, so that a restart begins no new grace. */
    public void look() {
        gate.saw(store.oldestWaiting());
        if (gate.closed() != wasClosed) {
            wasClosed = !wasClosed;
            if (wasClosed) {
                LOG.error("Nothing is accepted any more: the grace period without a timestamp is over");
            } else {
                LOG.info("Messages are accepted again: what was recorded is under a timestamp");
            }
        }
    }

    public void start() {
        var unused = ticks.scheduleWithFixedDelay(
                new Recurring("looking after timestamps", this::tick),
                0,
                BETWEEN_LOOKS.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Looks, and if it is time for one, gets a timestamp. */
    void tick() {
        look();
        if (authority.isEmpty() || nanos.getAsLong() - due < 0 || !store.ours()) {
            return;
        }
        Optional<TimestampStore.Bare> newest = store.newest();
        if (newest.isPresent()) {
            stamp(authority.get(), newest.get());
            look();
        }
    }

    private void stamp(TimestampAuthority asked, TimestampStore.Bare checkpoint) {
        try {
            byte[] request = tokens.request(checkpoint.note().getBytes(StandardCharsets.UTF_8));
            TimestampTokens.Token token = tokens.accept(request, asked.ask(request));
            store.keep(checkpoint.size(), token.bytes(), token.at());
        } catch (TimestampRefused | IOException | RuntimeException e) {
            failed(String.valueOf(e.getMessage()));
            return;
        } catch (InterruptedException e) {
            // Only the stop of the gateway interrupts.
            Thread.currentThread().interrupt();
            return;
        }
        if (failure.isPresent()) {
            LOG.info("There are timestamps again");
        }
        failure = Optional.empty();
        backOff = FIRST_BACK_OFF;
        due = nanos.getAsLong() + every.toNanos();
    }

    private void failed(String reason) {
        failure = Optional.of(reason);
        LOG.warn("No timestamp could be had: {}; the next attempt is in {} s", reason, backOff.toSeconds());
        due = nanos.getAsLong() + backOff.toNanos();
        Duration doubled = backOff.multipliedBy(2);
        backOff = doubled.compareTo(every) < 0 ? doubled : every;
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        try {
            if (!ticks.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("The request for a timestamp did not end in time; it goes on after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
