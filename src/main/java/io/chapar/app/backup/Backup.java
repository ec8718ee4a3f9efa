package io.chapar.app.backup;

import io.chapar.app.batch.BatchesCopy;
import io.chapar.record.Belongings;
import io.chapar.record.Database;
import io.chapar.record.DurableCopy;
import io.chapar.record.LedgerRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of record, attachments and batches, while a gateway runs. The order makes them fit: what a batch says of its
 * messages is older than the record, and to each attachment that the record refers there is a file, for those never
 * change. The keys are no part of it: without them all content in the copy is destroyed.
 */
public final class Backup {

    private static final List<String> PUBLIC = List.of("ledger.vkey", "timestamps.cert.pem");
    private static final String LOCK = "lock";

    /**
     * What was copied.
     *
     * @param ledger as the copy holds it at least
     * @param missing names of attachments that the record has and their folder has not: lost, or of a key destroyed meanwhile
     */
    public record Made(Mark ledger, int attachments, List<String> missing) {}

    /**
     * How far a ledger is.
     *
     * @param events that are recorded
     * @param checkpoint the newest one, to be kept elsewhere; empty before the first
     */
    public record Mark(long events, Optional<String> checkpoint) {

        static Mark of(Database database) {
            LedgerRows ledger = new LedgerRows(database);
            return new Mark(ledger.recorded(), ledger.newestNote());
        }
    }

    /** Dumps a database that is no file of ours. */
    public interface Dump {
        void run() throws IOException, InterruptedException;
    }

    private Backup() {}

    /**
     * @param to a folder that is empty or not there
     * @param dump makes the copy of the record into that folder; SQLite needs none
     */
    public static Made make(Database database, Places places, Path to, Optional<Dump> dump)
            throws IOException, InterruptedException, SQLException {
        mustBeEmpty(to);
        BatchesCopy.copy(places.batches(), to.resolve(Places.BATCHES));
        Mark ledger;
        List<String> missing = new ArrayList<>();
        int attachments;
        if (database.sqlite()) {
            database.copyTo(to.resolve(Places.RECORD));
            try (Database copied = Database.existing("", to)) {
                ledger = Mark.of(copied);
                attachments = beside(copied, places, to, missing);
            }
        } else {
            // Before the dump, so that it holds this checkpoint; what it holds beyond, nobody can look at.
            ledger = Mark.of(database);
            Set<Path> before = written(to);
            dump.orElseThrow(() -> new IOException("a PostgreSQL needs a command that dumps it, after --"))
                    .run();
            if (before.containsAll(written(to))) {
                throw new IOException("the command ended well and left no dump in " + to
                        + ": it must write one there; this backup is not complete");
            }
            attachments = beside(database, places, to, missing);
        }
        if (ledger.checkpoint().isPresent()) {
            Path note = to.resolve(Places.CHECKPOINT);
            Files.writeString(note, ledger.checkpoint().get(), StandardCharsets.UTF_8);
            DurableCopy.force(note);
        }
        Manifest.write(to);
        return new Made(ledger, attachments, List.copyOf(missing));
    }

    /** The files in this folder in which there is something. */
    private static Set<Path> written(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return Set.of();
        }
        Set<Path> written = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) > 0) {
                    written.add(file);
                }
            }
        }
        return written;
    }

    /**
     * Returns how many attachments were copied. One that is lost must not keep all else from being saved.
     *
     * @param missing is told which were not there
     */
    private static int beside(Database database, Places places, Path to, List<String> missing)
            throws IOException, SQLException {
        int copied = 0;
        for (String name : Belongings.attachments(database)) {
            try {
                DurableCopy.of(
                        places.attachments().resolve(name),
                        to.resolve(Places.ATTACHMENTS).resolve(name));
                copied++;
            } catch (NoSuchFileException gone) {
                missing.add(name);
            }
        }
        // Of a folder that several nodes share.
        Path name = places.attachments().resolve("name");
        if (Files.exists(name)) {
            DurableCopy.of(name, to.resolve(Places.ATTACHMENTS).resolve("name"));
        }
        for (String known : PUBLIC) {
            DurableCopy.of(places.data().resolve(known), to.resolve(known));
        }
        return copied;
    }

    /**
     * Copies the keys as they are now: after the data, so that none is missing under which something in it is sealed.
     *
     * @param to a folder that is empty or not there
     */
    public static void keys(Places places, Path to) throws IOException {
        mustBeEmpty(to);
        try (Stream<Path> files = Files.list(places.keys())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.equals(LOCK) && !name.endsWith(".new")) {
                    DurableCopy.of(file, to.resolve(name));
                }
            }
        }
    }

    private static void mustBeEmpty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new IOException(folder + " is not empty: each backup has a folder of its own");
            }
        }
    }
}
