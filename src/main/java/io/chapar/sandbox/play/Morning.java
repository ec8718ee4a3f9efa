package io.chapar.sandbox.play;

import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.sample.Sample;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays a morning: sends, shows how far it is, waits until everything has arrived, and prints the table. */
public final class Morning {

    private static final Logger LOG = LoggerFactory.getLogger(Morning.class);
    private static final int SENDERS = 32;
    private static final int SETTLE_SECONDS = 60;
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final Mail mail;
    private final Counter counter;
    private final Books books;
    private final Clock clock;
    private final String addresses;
    private final long seed;
    private final int messages;
    private final int rate;
    private final List<Sample> samples;
    private final ReentrantLock stage = new ReentrantLock();

    /**
     * @param seed makes the same people each time
     * @param messages how many
     * @param rate how many a second
     * @param samples of the exchanges that no desk of the sandbox writes
     * @param addresses printed at the end
     */
    public Morning(
            Mail mail,
            Counter counter,
            Books books,
            Clock clock,
            long seed,
            int messages,
            int rate,
            List<Sample> samples,
            String addresses) {
        this.mail = mail;
        this.counter = counter;
        this.books = books;
        this.clock = clock;
        this.seed = seed;
        this.messages = messages;
        this.rate = rate;
        this.samples = List.copyOf(samples);
        this.addresses = addresses;
    }

    /** Plays once, unless it is being played already. */
    public void play(PrintStream out) {
        play(out, false);
    }

    public void playAtStart() {
        play(System.out, Progress.onTerminal());
    }

    public void sayAddresses() {
        System.out.println(addresses);
    }

    private void play(PrintStream out, boolean terminal) {
        if (!stage.tryLock()) {
            out.println("A morning is being played already.");
            return;
        }
        try {
            out.println("A morning of made-up traffic: about " + messages + " messages, " + rate
                    + " a second, over mutual TLS.");
            Tally tally = counter.fresh();
            boolean settled;
            try (Progress progress = new Progress(tally, messages, out, terminal)) {
                send();
                settled = counter.await(nothingWaits(), TimeUnit.SECONDS.toNanos(SETTLE_SECONDS));
            }
            Summary.print(tally, out);
            Summary.print(books.balance(), out);
            if (!settled) {
                out.println("  After " + SETTLE_SECONDS + " s some deliveries still wait; they stay on their way.");
            }
            out.println(addresses);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            out.println("The morning was broken off.");
        } finally {
            stage.unlock();
        }
    }

    private void send() throws InterruptedException {
        Plan plan = new Plan(seed, clock, samples);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            steps.add(plan.next());
        }
        try (Pace pace = new Pace(SENDERS)) {
            pace.run(messages, rate, number -> step(steps.get(number)));
        }
    }

    private void step(Step step) {
        for (Letter letter : step.letters(mail)) {
            try {
                mail.send(letter, System.nanoTime());
            } catch (IOException e) {
                LOG.debug("the gateway did not answer; the table counts it", e);
            }
        }
    }

    /** Asks the record, but not for every single delivery. */
    private BooleanSupplier nothingWaits() {
        return new BooleanSupplier() {
            private long asked = System.nanoTime() - ASK_AGAIN_NANOS;

            @Override
            public boolean getAsBoolean() {
                if (System.nanoTime() - asked < ASK_AGAIN_NANOS) {
                    return false;
                }
                asked = System.nanoTime();
                return books.waiting() == 0;
            }
        };
    }
}
