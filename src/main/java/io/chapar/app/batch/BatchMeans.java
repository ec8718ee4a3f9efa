package io.chapar.app.batch;

import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.StraightWay;
import io.chapar.console.Metrics;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Signer;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What work on any batch needs.
 *
 * @param batches all of them
 * @param recordIsThere whether anything can be recorded now
 * @param stopping whether the gateway stops, so that no further message travels
 * @param executor on which messages travel
 */
record BatchMeans(
        Batches batches,
        StraightWay way,
        CallerIdentity identity,
        RefusedAttempts attempts,
        Signer signer,
        Metrics metrics,
        Inspection inspection,
        Endings endings,
        BatchSettings settings,
        BooleanSupplier recordIsThere,
        BooleanSupplier stopping,
        Executor executor,
        Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(BatchMeans.class);

    /** Begins work on a batch, or goes on behind its last line; none when there is nothing to do. */
    Optional<Workers.Work> begin(BatchId id) throws IOException {
        Optional<BatchFacts> facts = batches.facts(id);
        if (facts.isEmpty() || facts.get().state() != BatchFacts.State.WORKING) {
            return Optional.empty();
        }
        try {
            Optional<Batch> batch = batches.find(id);
            return batch.isPresent() ? Optional.of(new BatchWork(this, batch.get())) : Optional.empty();
        } catch (PayloadKeys.KeyMissing destroyed) {
            LOG.error("a batch is refused: its key was destroyed, or is not in this key file, {}", id);
            Refusal lost = new Refusal(
                    ProblemCode.UNPROCESSABLE,
                    "The key of this batch is lost, and with it what is in the batch. Upload it again, under another id: what"
                            + " was accepted of it is answered with its receipt.");
            return Optional.of(
                    new RefusedWhole(this, id, journeys(id, facts.get()), lost, new Perseverance(recordIsThere)));
        }
    }

    Journeys journeys(BatchId id, BatchFacts facts) throws IOException {
        return new Journeys(id, facts, way, identity, attempts, settings.largestMessage(), clock);
    }
}
