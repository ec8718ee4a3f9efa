package io.chapar.record;

import io.chapar.ledger.Checkpoint;
import io.chapar.message.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the ledger says itself when its record was restored from a backup: from this event on it is not what it was, and
 * the checkpoint that its key had signed before does not hold any more. So it goes another way, but never in silence.
 *
 * @param entry the event's own number; so many entries are left of the ledger that was
 * @param lost how many entries the lost ledger had, as far as was known; empty when nothing was known to be missing
 */
public record Restoration(long entry, Instant at, Optional<Long> lost) {

    private static final String KIND = "restored";
    private static final String SIZE = "lostSize";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    /** No text that anybody wrote looks like it: its quotation marks would be escaped. */
    private static final Pattern TOLD = Pattern.compile("\\{\"at\":\"([^\"]+)\",\"event\":\"" + KIND + "\"(.*)\\}");

    private static final Pattern LOST = Pattern.compile(",\"" + SIZE + "\":([0-9]+)");

    /**
     * Records it, while no gateway runs on the record.
     *
     * @param lost the newest checkpoint of the ledger that was, if it is known that the record does not hold it
     * @throws NotRecorded when it is not durable
     */
    public static Restoration record(Database database, Optional<Checkpoint> lost, Instant at) throws IOException {
        EventBytes event = EventBytes.of(KIND, at);
        lost.ifPresent(checkpoint ->
                event.number(SIZE, checkpoint.size()).digest("lostRoot", Digest.ofHash(checkpoint.root())));
        long entry = new LedgerRows(database).recorded();
        try (GroupCommit commits = new GroupCommit(database, 1, LONGEST_WAIT)) {
            commits.run(new EventWork(event));
        }
        return new Restoration(entry, at, lost.map(Checkpoint::size));
    }

    /** What an event says, if it is one of a restore. */
    public static Optional<Restoration> of(long number, byte[] event) {
        Matcher told = TOLD.matcher(new String(event, StandardCharsets.UTF_8));
        if (!told.matches()) {
            return Optional.empty();
        }
        Matcher size = LOST.matcher(told.group(2));
        return Optional.of(new Restoration(
                number,
                Instant.parse(told.group(1)),
                size.find() ? Optional.of(Long.parseLong(size.group(1))) : Optional.empty()));
    }
}
