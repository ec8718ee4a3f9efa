package io.chapar.app.backup;

import io.chapar.app.batch.BatchesCopy;
import io.chapar.record.Belongings;
import io.chapar.record.Database;
import io.chapar.record.DurableCopy;
import io.chapar.record.LedgerRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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
     * @param events of the record, or with PostgreSQL a few that came later
     * @param checkpoint the newest one of the ledger, to be kept elsewhere; empty before the first
     */
    public record Made(long events, int attachments, Optional<String> checkpoint) {}

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
        Made made;
        if (database.sqlite()) {
            DurableCopy.ofRecord(database, to.resolve(Places.RECORD));
            try (Database copied = Database.existing("", to)) {
                made = beside(copied, places, to);
            }
        } else {
            dump.orElseThrow(() -> new IOException("a PostgreSQL needs a command that dumps it, after --"))
                    .run();
            made = beside(database, places, to);
        }
        Manifest.write(to);
        return made;
    }

    private static Made beside(Database database, Places places, Path to) throws IOException, SQLException {
        List<String> attachments = Belongings.attachments(database);
        for (String name : attachments) {
            DurableCopy.of(
                    places.attachments().resolve(name),
                    to.resolve(Places.ATTACHMENTS).resolve(name));
        }
        // Of a folder that several nodes share.
        Path name = places.attachments().resolve("name");
        if (Files.exists(name)) {
            DurableCopy.of(name, to.resolve(Places.ATTACHMENTS).resolve("name"));
        }
        for (String known : PUBLIC) {
            DurableCopy.of(places.data().resolve(known), to.resolve(known));
        }
        LedgerRows ledger = new LedgerRows(database);
        Optional<String> newest = ledger.newestNote();
        if (newest.isPresent()) {
            Files.writeString(to.resolve(Places.CHECKPOINT), newest.get(), StandardCharsets.UTF_8);
            DurableCopy.force(to.resolve(Places.CHECKPOINT));
        }
        return new Made(ledger.recorded(), attachments.size(), newest);
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
