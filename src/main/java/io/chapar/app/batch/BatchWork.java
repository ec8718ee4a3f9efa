package io.chapar.app.batch;

import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.StraightWay;
import io.chapar.console.Metrics;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Signer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Takes a batch that is complete to its end: reads it through, sends its messages the straight way, and writes down what
 * became of each, in their order. After a crash it goes on behind the last line that was written; a message that travels
 * twice gets the same receipt.
 */
final class BatchWork {

    /** So often, at least, what was written down comes onto the disk. */
    private static final Duration FORCED = Duration.ofSeconds(1);

    private final StraightWay way;
    private final CallerIdentity identity;
    private final RefusedAttempts attempts;
    private final Signer signer;
    private final Metrics metrics;
    private final Inspection inspection;
    private final Endings endings;
    private final BatchSettings settings;
    private final Perseverance perseverance;
    private final Executor executor;
    private final Clock clock;

    BatchWork(
            StraightWay way,
            CallerIdentity identity,
            RefusedAttempts attempts,
            Signer signer,
            Metrics metrics,
            Inspection inspection,
            Endings endings,
            BatchSettings settings,
            Perseverance perseverance,
            Executor executor,
            Clock clock) {
        this.way = way;
        this.identity = identity;
        this.attempts = attempts;
        this.signer = signer;
        this.metrics = metrics;
        this.inspection = inspection;
        this.endings = endings;
        this.settings = settings;
        this.perseverance = perseverance;
        this.executor = executor;
        this.clock = clock;
    }

    /** @throws Stopped when the gateway stops meanwhile */
    void run(Batch batch) throws IOException {
        Journeys journeys = new Journeys(batch, way, identity, attempts, settings.largestMessage(), clock);
        long last = resume(batch);
        try (Inspection.Inspected inspected = inspection.read(batch)) {
            BatchFacts.Count before = batch.facts().count();
            batch.count(new BatchFacts.Count(inspected.messages(), before.accepted(), before.refused()));
            if (last == 0
                    && inspected.covered().isPresent()
                    && inspected.first().isPresent()) {
                journeys.mustHaveSigned(inspected.first().get());
            }
            travel(batch, journeys, last);
            endings.done(batch);
        } catch (Refusal refusal) {
            refuse(batch, journeys, refusal);
        }
    }

    /** The number of the last message that has its line, and the counts up to it. */
    private static long resume(Batch batch) throws IOException {
        long last = 0;
        long accepted = 0;
        long refused = 0;
        try (Lines lines = new Lines(batch.results(), SealedFile.LARGEST_SEGMENT)) {
            for (Optional<Part> line = lines.next(); line.isPresent(); line = lines.next()) {
                Told.Place told = Told.read(line.get().bytes());
                last = told.number();
                accepted += told.accepted() ? 1 : 0;
                refused += told.accepted() ? 0 : 1;
            }
        }
        batch.count(new BatchFacts.Count(0, accepted, refused));
        return last;
    }

    private void travel(Batch batch, Journeys journeys, long last) throws Refusal, IOException {
        Lanes<Told> lanes = new Lanes<>(executor, 4 * settings.messagesAtOnce());
        Instant forced = clock.instant();
        try (Parts parts = inspection.parts(batch)) {
            for (Optional<Part> next = parts.next(); next.isPresent(); next = parts.next()) {
                if (next.get().number() <= last) {
                    continue;
                }
                add(batch, journeys, lanes, next.get());
                while (lanes.isFull()) {
                    write(batch, lanes.take());
                }
                if (clock.instant().isAfter(forced.plus(FORCED))) {
                    batch.forceResults();
                    forced = clock.instant();
                }
            }
        }
        drain(batch, lanes);
        batch.forceResults();
    }

    private void add(Batch batch, Journeys journeys, Lanes<Told> lanes, Part part) throws IOException {
        try {
            Journeys.Content content = journeys.open(part);
            Ordering ordering = Ordering.of(batch.facts().zip(), content.message());
            if (ordering.afterAll()) {
                drain(batch, lanes);
            }
            lanes.add(() -> told(part, () -> journeys.travel(part, content)), ordering.key());
        } catch (Refusal refusal) {
            lanes.add(() -> told(part, () -> journeys.refused(part.number(), refusal)), Optional.empty());
        }
    }

    private Told told(Part part, Supplier<Passage.Outcome> journey) {
        return Told.of(part, perseverance.until(journey), signer);
    }

    private void drain(Batch batch, Lanes<Told> lanes) throws IOException {
        while (!lanes.isEmpty()) {
            write(batch, lanes.take());
        }
    }

    private void write(Batch batch, Told told) throws IOException {
        batch.result(told.line(), told.accepted());
        metrics.inBatch(batch.id().exchange(), told.accepted());
    }

    private void refuse(Batch batch, Journeys journeys, Refusal refusal) throws IOException {
        Passage.Outcome outcome = refusal.problem().code().retry() == ProblemCode.Retry.LATER
                ? journeys.refused(0, refusal)
                : perseverance.until(() -> journeys.refused(0, refusal));
        if (outcome instanceof Passage.Refused refused) {
            if (refused.problem().code().retry() == ProblemCode.Retry.LATER) {
                // What stands in the way is ours: the batch is tried again.
                throw new IOException("a batch waits: " + refused.problem().detail());
            }
            endings.refused(batch, Told.jws(refused, signer));
        }
    }
}
