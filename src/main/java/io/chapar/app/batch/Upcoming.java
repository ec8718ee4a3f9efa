package io.chapar.app.batch;

import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import io.chapar.trust.BatchSignatures;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Those messages of a batch that have not travelled yet, one after the other. */
final class Upcoming implements Closeable {

    private final Batch batch;
    private final Parts parts;
    private final Optional<BatchSignatures.Covered> covered;
    private final Journeys journeys;
    private final long last;
    private Optional<Message> next = Optional.empty();

    /**
     * A message, and how it travels.
     *
     * @param key those of one go one after the other
     * @param afterAll before it, all others must have ended
     * @param size bytes that are held for it
     */
    record Message(Part part, Supplier<Passage.Outcome> journey, Optional<String> key, boolean afterAll, int size) {}

    /**
     * @param covered what verifies until this is closed
     * @param last the number of a message; those up to it have travelled
     */
    Upcoming(Batch batch, Parts parts, Optional<BatchSignatures.Covered> covered, Journeys journeys, long last) {
        this.batch = batch;
        this.parts = parts;
        this.covered = covered;
        this.journeys = journeys;
        this.last = last;
    }

    /** The next one, which stays the next until it is taken; none at the end. */
    Optional<Message> look() throws Refusal, IOException {
        while (next.isEmpty()) {
            Optional<Part> part = parts.next();
            if (part.isEmpty()) {
                return Optional.empty();
            }
            next = part.filter(read -> read.number() > last).map(this::message);
        }
        return next;
    }

    void taken() {
        next = Optional.empty();
    }

    private Message message(Part part) {
        try {
            Journeys.Content content = journeys.open(part);
            Ordering ordering = Ordering.of(batch.facts().zip(), content.message());
            return new Message(
                    part,
                    () -> journeys.travel(part, content),
                    ordering.key(),
                    ordering.afterAll(),
                    part.bytes().length + content.message().length);
        } catch (Refusal refusal) {
            return new Message(
                    part, () -> journeys.refused(part.number(), refusal), Optional.empty(), false, part.bytes().length);
        }
    }

    @Override
    public void close() throws IOException {
        covered.ifPresent(BatchSignatures.Covered::close);
        parts.close();
    }
}
