package io.chapar.app.batch;

import io.chapar.message.PartyCode;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.DataFolder;
import io.chapar.trust.MessageKey;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All batches that are kept. A batch is open until it is done or refused. */
final class Batches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

    /** Whose turn it is nobody knows before a batch of the same party is done. */
    private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

    private final BatchSettings settings;
    private final Endings endings;
    private final PayloadKeys keys;
    private final Clock clock;
    private final DataFolder claimed;
    private final BatchFolders folders;
    private final Set<BatchId> open = ConcurrentHashMap.newKeySet();
    private final Map<BatchId, Batch> loaded = new ConcurrentHashMap<>();

    Batches(BatchSettings settings, Endings endings, PayloadKeys keys, Clock clock) {
        this.settings = settings;
        this.endings = endings;
        this.keys = keys;
        this.clock = clock;
        try {
            // Two that work on one batch would each take it for theirs.
            this.claimed = DataFolder.claim(settings.folder(), "folder of batches", "chapar.batches.folder");
        } catch (IOException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
        try {
            this.folders = new BatchFolders(settings.folder());
            open.addAll(folders.open());
        } catch (IOException e) {
            throw new UncheckedIOException("batches cannot be kept in " + settings.folder(), e);
        }
    }

    /** Those that are complete and not done, in the order in which they became complete. */
    List<BatchId> toDo() {
        record Complete(BatchId id, BatchFacts facts) {}
        return open.stream()
                .flatMap(id -> facts(id).stream().map(facts -> new Complete(id, facts)))
                .filter(complete -> complete.facts().state() == BatchFacts.State.WORKING)
                .sorted(Comparator.comparing(complete -> complete.facts().changed()))
                .map(Complete::id)
                .collect(Collectors.toList());
    }

    /** The batch to upload to: the one of this id, or a new one. */
    Batch begin(BatchId id, boolean zip, Optional<Long> total) throws Refusal, IOException {
        Optional<Batch> known = find(id);
        if (known.isPresent()) {
            return known.get();
        }
        synchronized (open) {
            known = find(id);
            return known.isPresent() ? known.get() : fresh(id, zip, total);
        }
    }

    private Batch fresh(BatchId id, boolean zip, Optional<Long> total) throws Refusal, IOException {
        PartyCode party = id.party();
        if (open.stream().filter(other -> other.party().equals(party)).count() >= settings.openForEach()) {
            throw new Refusal(new Problem(
                    ProblemCode.QUOTA,
                    "At most " + settings.openForEach()
                            + " batches of a party may be open: finish one, or take one back" + " with DELETE.",
                    List.of(),
                    Optional.of(TRY_AGAIN)));
        }
        // As much again for what is told about its messages.
        if (folders.room() < 2 * total.orElse(settings.mostBytes())) {
            throw new Refusal(ProblemCode.NOT_DURABLE, "There is no room for a batch of this size now.");
        }
        MessageKey key = endings.key(id.exchange());
        BatchFacts facts = BatchFacts.begun(zip, BatchFacts.Key.of(key), clock.instant());
        Batch batch = Batch.begin(id, folders.make(id), key, facts);
        open.add(id);
        loaded.put(id, batch);
        return batch;
    }

    /** A batch with its content; of one that is done, for as long as its content is kept. */
    Optional<Batch> find(BatchId id) throws IOException {
        Batch known = loaded.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        if (!folders.has(id)) {
            return Optional.empty();
        }
        if (!open.contains(id)) {
            return Optional.of(Batch.load(id, folders.of(id), keys));
        }
        synchronized (open) {
            Batch batch = loaded.get(id);
            if (batch == null) {
                batch = Batch.load(id, folders.of(id), keys);
                loaded.put(id, batch);
            }
            return Optional.of(batch);
        }
    }

    /** The caller is done with what it found. Streams that it took out of it live on. */
    void release(Batch batch) throws IOException {
        if (loaded.get(batch.id()) != batch) {
            batch.close();
        }
    }

    /** What is known of a batch, without opening its content. */
    Optional<BatchFacts> facts(BatchId id) {
        Batch known = loaded.get(id);
        if (known != null) {
            return Optional.of(known.facts());
        }
        try {
            return folders.has(id) ? Optional.of(StateFile.load(folders.of(id))) : Optional.empty();
        } catch (IOException e) {
            LOG.error("a batch cannot be read, {}", id, e);
            return Optional.empty();
        }
    }

    /** It is done or refused: from now on it is found on the disk alone. */
    void ended(Batch batch) throws IOException {
        folders.ended(batch.id());
        open.remove(batch.id());
        loaded.remove(batch.id());
        batch.close();
    }

    /** Ends one so, whether or not its content can be opened. */
    void end(BatchId id, UnaryOperator<BatchFacts> how) throws IOException {
        Batch batch = loaded.get(id);
        if (batch != null) {
            batch.change(how);
            ended(batch);
            return;
        }
        StateFile.save(how.apply(StateFile.load(folders.of(id))), folders.of(id));
        folders.ended(id);
        open.remove(id);
    }

    /**
     * Forgets it, with all that is in it, if that is true of it; whoever uploads to it can go on no more.
     *
     * @return whether it was
     */
    boolean delete(BatchId id, Predicate<BatchFacts> which) throws IOException {
        synchronized (open) {
            Batch batch = loaded.get(id);
            boolean may = batch == null ? facts(id).filter(which).isPresent() : batch.takeBack(which);
            if (may) {
                loaded.remove(id);
                folders.delete(id);
                open.remove(id);
            }
            return may;
        }
    }

    @Override
    public void close() throws IOException {
        for (Batch batch : loaded.values()) {
            batch.close();
        }
        claimed.close();
    }
}
