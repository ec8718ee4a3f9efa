package io.chapar.app.batch;

import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a batch that is complete to its end: reads it through, sends its messages the straight way, and writes down what
 * became of each, in their order. After a crash it goes on behind the last line that was written; a message that travels
 * twice gets the same receipt.
 */
final class BatchWork implements Workers.Work {

    /** Then it is another's turn, and what was written down comes onto the disk. */
    private static final Duration TURN = Duration.ofSeconds(1);

    /** Of the messages that are under way, with one more; a batch that waits holds them meanwhile. */
    private static final int MOST_BYTES = 4 << 20;

    private final BatchMeans means;
    private final Batch batch;
    private final Journeys journeys;
    private final Perseverance perseverance;
    private final Lanes<Travelled> lanes;
    private @Nullable Upcoming upcoming;
    private @Nullable RefusedWhole refused;
    private boolean firstWaits;

    /** @param told nothing yet while it is to be tried again */
    private record Travelled(Part part, Passage.Outcome outcome, Optional<Told> told) {}

    BatchWork(BatchMeans means, Batch batch) throws IOException {
        this.means = means;
        this.batch = batch;
        this.journeys = means.journeys(batch.id(), batch.facts());
        this.perseverance = new Perseverance(means.recordIsThere());
        this.lanes = new Lanes<>(
                means.executor(),
                4 * means.settings().messagesAtOnce(),
                MOST_BYTES,
                travelled -> travelled.told().isPresent());
    }

    /** @throws Stopped when the gateway stops meanwhile */
    @Override
    public Optional<Duration> goOn() throws IOException {
        if (refused != null) {
            return refused.goOn();
        }
        try {
            Upcoming open = upcoming == null ? begin() : upcoming;
            upcoming = open;
            Optional<Duration> pause = travel(open);
            batch.forceResults();
            if (pause.isPresent()) {
                return pause;
            }
            means.endings().done(batch);
            means.batches().ended(batch);
            return Optional.empty();
        } catch (Refusal refusal) {
            return refuse(refusal);
        }
    }

    private Upcoming begin() throws Refusal, IOException {
        long last = resume();
        Inspection.Inspected inspected = means.inspection().read(batch);
        try {
            BatchFacts.Count before = batch.facts().count();
            batch.count(new BatchFacts.Count(inspected.messages(), before.accepted(), before.refused()));
            if (last == 0
                    && inspected.covered().isPresent()
                    && inspected.first().isPresent()) {
                journeys.mustHaveSigned(inspected.first().get());
            }
            return new Upcoming(batch, means.inspection().parts(batch), inspected.covered(), journeys, last);
        } catch (IOException | Refusal | RuntimeException e) {
            inspected.close();
            throw e;
        }
    }

    /** The number of the last message that has its line; counts those up to it. */
    private long resume() throws IOException {
        long last = 0;
        long accepted = 0;
        long refusals = 0;
        try (Lines lines = new Lines(batch.results(), SealedFile.LARGEST_SEGMENT)) {
            for (Optional<Part> line = lines.next(); line.isPresent(); line = lines.next()) {
                Told.Place told = Told.read(line.get().bytes());
                last = told.number();
                accepted += told.accepted() ? 1 : 0;
                refusals += told.accepted() ? 0 : 1;
            }
        }
        batch.count(new BatchFacts.Count(0, accepted, refusals));
        return last;
    }

    /** How long the message that is next must wait; nothing when all have their lines. */
    private Optional<Duration> travel(Upcoming open) throws Refusal, IOException {
        Instant over = means.clock().instant().plus(TURN);
        if (firstWaits) {
            lanes.again();
            firstWaits = false;
        }
        for (fill(open); !lanes.isEmpty(); fill(open)) {
            Travelled first = lanes.first();
            Optional<Duration> pause = perseverance.after(first.outcome());
            if (pause.isPresent()) {
                firstWaits = true;
                lanes.settle();
                return pause;
            }
            write(first);
            lanes.remove();
            if (means.clock().instant().isAfter(over)) {
                return Optional.of(Duration.ZERO);
            }
        }
        return Optional.empty();
    }

    private void fill(Upcoming open) throws Refusal, IOException {
        while (!lanes.isFull()) {
            Optional<Upcoming.Message> next = open.look();
            if (next.isEmpty() || next.get().afterAll() && !lanes.isEmpty()) {
                return;
            }
            Upcoming.Message message = next.get();
            lanes.add(() -> travelled(message), message.key(), message.size());
            open.taken();
        }
    }

    private Travelled travelled(Upcoming.Message message) {
        if (means.stopping().getAsBoolean()) {
            throw new Stopped();
        }
        Passage.Outcome outcome = message.journey().get();
        return new Travelled(
                message.part(),
                outcome,
                Perseverance.notNow(outcome).isPresent()
                        ? Optional.empty()
                        : Optional.of(told(message.part(), outcome)));
    }

    private Told told(Part part, Passage.Outcome outcome) {
        return Told.of(part, outcome, means.signer());
    }

    private void write(Travelled travelled) throws IOException {
        Told told = travelled.told().orElseGet(() -> told(travelled.part(), travelled.outcome()));
        batch.result(told.line(), told.accepted());
        means.metrics().inBatch(batch.id().exchange(), told.accepted());
    }

    private Optional<Duration> refuse(Refusal refusal) throws IOException {
        close();
        RefusedWhole whole = new RefusedWhole(means, batch.id(), journeys, refusal, perseverance);
        if (!whole.isForNow()) {
            refused = whole;
        }
        return whole.goOn();
    }

    @Override
    public void close() throws IOException {
        // What still travels is held against the batch's signature, which ends with it.
        lanes.settle();
        if (upcoming != null) {
            upcoming.close();
            upcoming = null;
        }
    }
}
