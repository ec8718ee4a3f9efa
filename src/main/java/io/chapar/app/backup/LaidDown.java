package io.chapar.app.backup;

import io.chapar.record.DurableCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A backup in its new place. The record's file comes to its own place last: until then no gateway finds anything, and what
 * was cut off is begun again.
 */
public final class LaidDown {

    private final Places places;

    private LaidDown(Places places) {
        this.places = places;
    }

    /** @throws IOException when there is a record already, or anything is not as the backup's manifest says */
    public static LaidDown of(Manifest backup, Places places) throws IOException {
        if (Files.exists(places.data().resolve(Places.RECORD))) {
            throw new IOException("there is a record in " + places.data().toAbsolutePath()
                    + " already: move it away, or name a new folder");
        }
        LaidDown there = new LaidDown(places);
        for (String name : backup.names()) {
            there.put(backup, name);
        }
        return there;
    }

    private void put(Manifest backup, String name) throws IOException {
        int slash = name.indexOf('/');
        String folder = slash < 0 ? name : name.substring(0, slash);
        String rest = name.substring(slash + 1);
        switch (folder) {
            case Places.ATTACHMENTS -> fresh(backup, name, places.attachments().resolve(rest));
            case Places.BATCHES -> fresh(backup, name, places.batches().resolve(rest));
            case Places.RECORD -> fresh(backup, name, record().resolve(name));
            case "ledger.vkey", "timestamps.cert.pem" ->
                fresh(backup, name, places.data().resolve(name));
            default -> {
                // The checkpoint, and whatever dumped the database has written.
            }
        }
    }

    private static void fresh(Manifest backup, String name, Path to) throws IOException {
        Files.deleteIfExists(to);
        backup.layDown(name, to);
    }

    /** The folder in which the record's file lies for now. */
    public Path record() {
        return places.data().resolve("restoring");
    }

    /** Nobody has it open any more. With PostgreSQL there is none. */
    public void finish() throws IOException {
        Path file = record().resolve(Places.RECORD);
        if (Files.exists(file)) {
            Files.move(file, places.data().resolve(Places.RECORD), StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(record());
            DurableCopy.force(places.data());
        }
    }
}
