package io.chapar.app.batch;

import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.Turns;
import io.chapar.app.server.EvenShare;
import io.chapar.authorise.ForbiddenLinks;
import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Takes batches in and says what became of them. */
public final class BatchDoor {

    public static final String LINES = "application/x-ndjson";
    public static final String ZIP = "application/zip";

    /** So many lists may one party read at once: to find the last line of a large one, all are decrypted. */
    private static final int LISTS_AT_ONCE = 2;

    private final Batches batches;
    private final Workers workers;
    private final Catalogue catalogue;
    private final RefusedAttempts attempts;
    private final BatchSettings settings;
    private final Clock clock;
    private final EvenShare<PartyCode> uploads;

    private final Turns lists = Turns.each(
            LISTS_AT_ONCE, "You read what became of too many batches at once. Ask for one list after the other.");

    BatchDoor(
            Batches batches,
            Workers workers,
            Catalogue catalogue,
            RefusedAttempts attempts,
            BatchSettings settings,
            Clock clock) {
        this.batches = batches;
        this.workers = workers;
        this.catalogue = catalogue;
        this.attempts = attempts;
        this.settings = settings;
        this.clock = clock;
        this.uploads = new EvenShare<>(settings.uploadsAtOnce());
    }

    /** What the catalogue says to a party that may send this in batches. */
    public Optional<Map<String, Object>> offer(Party party, Agreement agreement, String base) {
        if (!mayBegin(party, agreement)) {
            return Optional.empty();
        }
        Map<String, Object> says = new LinkedHashMap<>();
        says.put("rest", base + agreement.exchange().exchange() + "/batches/{batchId}");
        says.put("mediaTypes", List.of(LINES, ZIP));
        says.put("maximumBytes", settings.mostBytes());
        says.put("maximumMessages", settings.mostMessages());
        says.put("maximumMessageBytes", settings.largestMessage());
        return Optional.of(says);
    }

    private static boolean mayBegin(Party party, Agreement agreement) {
        return agreement.bulk()
                && agreement.disabled().isEmpty()
                && agreement.senders().stream().anyMatch(party::is);
    }

    /**
     * Takes a batch, or a piece of it.
     *
     * @param call the request, without its body
     * @return whether it is complete, and on the disk
     * @throws IOException when the connection breaks; what came of it is kept
     */
    public boolean receive(Party party, BatchId id, Passage.Arrived call, ContentRange range, InputStream body)
            throws Refusal, IOException {
        mayBegin(party, id, call);
        boolean zip = isZip(call.contentType());
        long size = Math.max(
                range.total().orElse(0L), range.first() + range.length().orElse(0L));
        if (size > settings.mostBytes()) {
            throw new Refusal(ProblemCode.TOO_LARGE, "A batch has at most " + settings.mostBytes() + " bytes.");
        }
        if (range.total().equals(Optional.of(0L))) {
            throw new Refusal(ProblemCode.MALFORMED, "A batch without content has no messages.");
        }
        if (!uploads.take(party.code())) {
            throw new Refusal(
                    ProblemCode.QUOTA,
                    "So many uploads are under way, of this party or of all, that no other of this party is taken now.");
        }
        try {
            Batch batch = batches.begin(id, zip, range.total());
            try {
                return receive(batch, zip, Upload.of(range, call, body));
            } finally {
                batches.release(batch);
            }
        } finally {
            uploads.giveBack(party.code());
        }
    }

    private boolean receive(Batch batch, boolean zip, Upload upload) throws Refusal, IOException {
        if (batch.facts().zip() != zip) {
            throw new Refusal(
                    ProblemCode.MEDIA_TYPE,
                    "This batch was begun as " + (zip ? LINES : ZIP) + "; another needs an id of its own.");
        }
        if (batch.facts().state() != BatchFacts.State.RECEIVING
                && upload.range().whole()) {
            if (upload.repeats(batch)) {
                return true;
            }
            throw new Refusal(ProblemCode.ID_REUSED, "A batch of this id was uploaded before, with another content.");
        }
        if (upload.into(batch, settings.mostBytes(), clock)) {
            workers.add(batch.id());
            return true;
        }
        return false;
    }

    private void mayBegin(Party party, BatchId id, Passage.Arrived call) throws Refusal {
        if (!catalogue.knows(id.exchange())) {
            throw new Refusal(ProblemCode.UNKNOWN_EXCHANGE, "The address names an exchange that does not exist.");
        }
        boolean agreed = catalogue.all().stream()
                .filter(agreement -> agreement.exchange().exchange().equals(id.exchange()))
                .anyMatch(agreement -> mayBegin(party, agreement));
        if (!agreed) {
            Refusal refusal =
                    ForbiddenLinks.closes(catalogue, id.exchange(), party.code().value())
                            ? ForbiddenLinks.refusal()
                            : new Refusal(ProblemCode.NOT_AGREED, "No agreement lets this party send this in batches.");
            attempts.note(new Passage.Refused(call, refusal.problem(), Optional.empty()), party.code());
            throw refusal;
        }
    }

    private static boolean isZip(String contentType) throws Refusal {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals(LINES) && !type.equals(ZIP)) {
            throw new Refusal(ProblemCode.MEDIA_TYPE, "A batch is " + LINES + " or " + ZIP + ".");
        }
        return type.equals(ZIP);
    }

    /** Where the caller's own batch stands, as it is told. */
    public Map<String, Object> status(BatchId id) throws Refusal, IOException {
        try {
            Batch batch = own(id);
            try {
                BatchFacts facts = batch.facts();
                boolean arrives = facts.state() == BatchFacts.State.RECEIVING;
                return facts.told(id, arrives ? batch.received() : facts.total().orElse(0L));
            } finally {
                batches.release(batch);
            }
        } catch (PayloadKeys.KeyMissing destroyed) {
            BatchFacts facts = batches.facts(id).orElseThrow(BatchDoor::unknown);
            return facts.told(id, facts.total().orElse(0L));
        }
    }

    /** What is on the disk about messages of this number or above: a line for each. */
    public void results(BatchId id, long from, OutputStream to) throws Refusal, IOException {
        lists.during(id.party(), () -> {
            copy(id, from, to);
            return id;
        });
    }

    private void copy(BatchId id, long from, OutputStream to) throws Refusal, IOException {
        try {
            Batch batch = own(id);
            try (InputStream results = batch.results()) {
                Told.copy(results, from, to);
            } finally {
                batches.release(batch);
            }
        } catch (PayloadKeys.KeyMissing destroyed) {
            throw unknown();
        }
    }

    /** Takes a batch back that is not complete. */
    public void forget(BatchId id) throws Refusal, IOException {
        if (!catalogue.knows(id.exchange())) {
            throw unknown();
        }
        if (!batches.delete(id, facts -> facts.state() == BatchFacts.State.RECEIVING)) {
            throw batches.facts(id).isEmpty()
                    ? unknown()
                    : new Refusal(
                            ProblemCode.RULE,
                            "The batch is complete; what was accepted is taken back by messages of their own.");
        }
    }

    /** In the same words whether there is none, or it is another's. */
    public static Refusal unknown() {
        return new Refusal(
                ProblemCode.UNKNOWN_BATCH,
                "There is no batch of this id in this exchange. Where there are several gateways, only the one that took a"
                        + " batch in knows it.");
    }

    private Batch own(BatchId id) throws Refusal, IOException {
        Optional<Batch> found = catalogue.knows(id.exchange()) ? batches.find(id) : Optional.empty();
        return found.orElseThrow(BatchDoor::unknown);
    }
}
