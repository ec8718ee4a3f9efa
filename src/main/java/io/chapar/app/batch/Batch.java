package io.chapar.app.batch;

import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.MessageKey;
import io.chapar.trust.PayloadKeys;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One batch: its bytes as they arrive, what became of its messages, and the facts about both. */
final class Batch implements Closeable {

    private final BatchId id;
    private final Path folder;
    private final MessageKey key;
    private final Sealed upload = new Sealed("upload");
    private final Sealed results = new Sealed("results");
    private BatchFacts facts;
    private long connection;
    private boolean takenBack;

    /** A file that is opened when it is needed first. */
    private final class Sealed {
        private final String name;
        private @Nullable SealedFile opened;

        Sealed(String name) {
            this.name = name;
        }

        InputStream ended() throws IOException {
            return SealedFile.read(folder.resolve(name), key, identity());
        }

        private String identity() {
            return id + "/" + name;
        }

        SealedFile file() throws IOException {
            SealedFile file = opened;
            if (file == null) {
                file = SealedFile.open(folder.resolve(name), key, identity());
                opened = file;
            }
            return file;
        }

        void close() throws IOException {
            if (opened != null) {
                opened.close();
                opened = null;
            }
        }
    }

    private Batch(BatchId id, Path folder, MessageKey key, BatchFacts facts) {
        this.id = id;
        this.folder = folder;
        this.key = key;
        this.facts = facts;
    }

    /** A batch of which nothing is here yet; its folder is. */
    static Batch begin(BatchId id, Path folder, MessageKey key, BatchFacts facts) throws IOException {
        StateFile.save(facts, folder);
        return new Batch(id, folder, key, facts);
    }

    /** @throws PayloadKeys.KeyMissing when its content was destroyed */
    static Batch load(BatchId id, Path folder, PayloadKeys keys) throws IOException {
        BatchFacts facts = StateFile.load(folder);
        byte[] wrapped = Base64.getDecoder().decode(facts.key().wrapped());
        return new Batch(id, folder, keys.unwrap(facts.key().name(), wrapped), facts);
    }

    BatchId id() {
        return id;
    }

    MessageKey key() {
        return key;
    }

    Path folder() {
        return folder;
    }

    synchronized BatchFacts facts() {
        return facts;
    }

    /** How much of it is here, on the disk. */
    synchronized long received() throws IOException {
        if (facts.state() == BatchFacts.State.RECEIVING) {
            upload.file().force();
        }
        return upload.file().size();
    }

    /** What came on a connection goes on. A connection that came before, and may be broken unseen, is shut out. */
    synchronized long connect(ContentRange range, Instant at) throws Refusal, IOException {
        if (takenBack) {
            throw BatchDoor.unknown();
        }
        if (facts.state() != BatchFacts.State.RECEIVING) {
            throw offset("The batch is complete.");
        }
        if (range.whole()) {
            upload.file().clear();
        } else if (range.first() != upload.file().size()) {
            throw offset(
                    "The next byte that is wanted is number " + upload.file().size() + ".");
        } else if (facts.total().isPresent()
                && range.total().isPresent()
                && !facts.total().equals(range.total())) {
            throw new Refusal(
                    ProblemCode.MALFORMED,
                    "Another total was said before: " + facts.total().get() + ".");
        }
        Optional<Long> total = range.total().isPresent() || range.whole() ? range.total() : facts.total();
        change(now -> now.of(total, at));
        return ++connection;
    }

    /** @throws Refusal when this connection is shut out */
    synchronized void heard(long from) throws Refusal {
        if (from != connection || facts.state() != BatchFacts.State.RECEIVING) {
            throw offset("Another connection goes on with this batch.");
        }
    }

    synchronized void append(long from, byte[] bytes, int length) throws Refusal, IOException {
        heard(from);
        upload.file().append(bytes, 0, length);
    }

    /** Complete, if all of it is here. Returns when that is on the disk. */
    synchronized boolean complete(
            long from, Optional<Long> total, Optional<String> signature, List<String> chain, Instant at)
            throws Refusal, IOException {
        if (from != connection) {
            throw offset("Another connection goes on with this batch.");
        }
        upload.file().force();
        long size = upload.file().size();
        if (!total.equals(Optional.of(size))) {
            return false;
        }
        change(now -> now.working(size, signature, chain, at));
        return true;
    }

    /** Nobody goes on with it from now on, if this is true of it; returns whether it is. */
    synchronized boolean takeBack(Predicate<BatchFacts> which) throws IOException {
        takenBack = which.test(facts);
        if (takenBack) {
            close();
        }
        return takenBack;
    }

    /** Its bytes, of which none changes any more once it is complete. */
    synchronized InputStream content() throws IOException {
        return upload.file().read();
    }

    /** The lines about its messages that are on the disk. */
    synchronized InputStream results() throws IOException {
        if (facts.state() == BatchFacts.State.DONE) {
            // To open it for more would decrypt all of it for its end.
            return results.ended();
        }
        results.file().force();
        return results.file().read();
    }

    synchronized void result(byte[] line, boolean accepted) throws IOException {
        // One segment each, so that a crash leaves no half of a line.
        results.file().append(line, 0, line.length);
        BatchFacts.Count count = facts.count();
        facts = facts.counted(
                accepted
                        ? new BatchFacts.Count(count.messages(), count.accepted() + 1, count.refused())
                        : new BatchFacts.Count(count.messages(), count.accepted(), count.refused() + 1));
    }

    synchronized void forceResults() throws IOException {
        results.file().force();
    }

    synchronized void count(BatchFacts.Count count) {
        facts = facts.counted(count);
    }

    /** Returns when it is on the disk. */
    synchronized void change(UnaryOperator<BatchFacts> how) throws IOException {
        BatchFacts then = how.apply(facts);
        StateFile.save(then, folder);
        facts = then;
    }

    @Override
    public synchronized void close() throws IOException {
        connection++;
        upload.close();
        results.close();
    }

    private static Refusal offset(String detail) {
        return new Refusal(Problem.of(ProblemCode.UPLOAD_OFFSET, detail));
    }
}
