package io.chapar.app.batch;

import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The end of a batch that is refused as a whole: it is recorded before it is told. */
final class RefusedWhole implements Workers.Work {

    private final BatchMeans means;
    private final BatchId id;
    private final Journeys journeys;
    private final Refusal refusal;
    private final Perseverance perseverance;

    RefusedWhole(BatchMeans means, BatchId id, Journeys journeys, Refusal refusal, Perseverance perseverance) {
        this.means = means;
        this.id = id;
        this.journeys = journeys;
        this.refusal = refusal;
        this.perseverance = perseverance;
    }

    /** Whether what stands in the way is ours, and the batch is to be looked at again. */
    boolean isForNow() {
        return refusal.problem().code().retry() == ProblemCode.Retry.LATER;
    }

    @Override
    public Optional<Duration> goOn() throws IOException {
        Passage.Refused refused = journeys.refused(0, refusal);
        Optional<Duration> pause = perseverance.after(refused);
        if (Perseverance.notNow(refused).isPresent()) {
            return Optional.of(pause.orElse(Perseverance.LONGEST));
        }
        String problem = Told.jws(refused, means.signer());
        means.batches().end(id, facts -> means.endings().refused(facts, problem));
        return Optional.empty();
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
