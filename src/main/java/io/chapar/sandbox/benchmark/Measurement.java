package io.chapar.sandbox.benchmark;

import io.chapar.sandbox.play.Counter;
import io.chapar.sandbox.play.Pace;
import io.chapar.sandbox.play.Tally;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Mail;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One measured run, at a fixed rate or as fast as the connections carry it, until everything is delivered. */
final class Measurement {

    private static final Logger LOG = LoggerFactory.getLogger(Measurement.class);
    private static final int SETTLE_SECONDS = 90;

    private final Mail mail;
    private final Counter counter;
    private final int connections;
    private final OptionalLong pid;

    /** @param pid the gateway's process, when it runs on this machine and is known */
    Measurement(Mail mail, Counter counter, int connections, OptionalLong pid) {
        this.mail = mail;
        this.counter = counter;
        this.connections = connections;
        this.pid = pid;
    }

    /** Open loop: times are counted from when each was meant to go, so a stall of the gateway counts for all it delays. */
    Figures atRate(Mix.Load load, double perSecond) throws InterruptedException {
        Tally tally = counter.fresh();
        List<Letter> letters = load.letters();
        Optional<Duration> before = cpu();
        long begin = System.nanoTime();
        try (Pace pace = new Pace(connections)) {
            pace.run(letters.size(), perSecond, number -> {
                long due = begin + (long) (number * 1e9 / perSecond);
                send(letters.get(number), Math.min(due, System.nanoTime()));
            });
        }
        return figures(tally, load, begin, before);
    }

    /** Each connection sends its next as soon as it has the receipt of the one before. */
    Figures atSaturation(Mix.Load load, int seconds) throws InterruptedException {
        Tally tally = counter.fresh();
        List<Letter> letters = load.letters();
        AtomicInteger next = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(connections);
        Optional<Duration> before = cpu();
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; i < connections; i++) {
            Thread sender = new Thread(
                    () -> {
                        try {
                            for (int number = next.getAndIncrement();
                                    number < letters.size() && System.nanoTime() < end;
                                    number = next.getAndIncrement()) {
                                send(letters.get(number), System.nanoTime());
                            }
                        } finally {
                            done.countDown();
                        }
                    },
                    "benchmark-sender");
            sender.setDaemon(true);
            sender.start();
        }
        done.await();
        return figures(tally, load, begin, before);
    }

    private void send(Letter letter, long due) {
        try {
            mail.send(letter, due);
        } catch (IOException e) {
            LOG.debug("no answer; the tally has counted it", e);
        }
    }

    private Figures figures(Tally tally, Mix.Load load, long begin, Optional<Duration> before)
            throws InterruptedException {
        Duration sending = Duration.ofNanos(System.nanoTime() - begin);
        long most = tally.total(Tally.Row::accepted) == load.letters().size()
                ? load.deliveries()
                : tally.total(Tally.Row::accepted);
        boolean all = counter.await(
                () -> tally.total(Tally.Row::acknowledged) >= most, TimeUnit.SECONDS.toNanos(SETTLE_SECONDS));
        Duration wall = Duration.ofNanos(System.nanoTime() - begin);
        Optional<Duration> used = before.flatMap(then -> cpu().map(now -> now.minus(then)));
        Figures figures = Figures.of(tally, sending, wall, used);
        figures.byName().put("everythingDelivered", all);
        return figures;
    }

    private Optional<Duration> cpu() {
        return pid.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(pid.getAsLong())
                        .flatMap(process -> process.info().totalCpuDuration());
    }
}
