package io.chapar.app.command;

import io.chapar.app.backup.LaidDown;
import io.chapar.app.backup.Manifest;
import io.chapar.app.backup.Places;
import io.chapar.ledger.CheckpointFile;
import io.chapar.ledger.LedgerVerification;
import io.chapar.ledger.Prefix;
import io.chapar.record.Belongings;
import io.chapar.record.DataFolder;
import io.chapar.record.Database;
import io.chapar.record.LedgerRows;
import io.chapar.record.NotRecorded;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lays a backup down where a gateway is to start, and has the ledger say so. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lays a backup down in a data folder that has no record; with PostgreSQL after the dump was restored into an",
            "empty database. The keys must be in their folder before. Holds every file against the backup's manifest,",
            "computes the whole ledger anew, says which keys are missing, and has the ledger say that it was restored and",
            "what is missing. Exit code 0: it is there, and a gateway can start; 1: the backup's ledger does not verify;",
            "2: it could not be done."
        })
final class RestoreCommand implements Callable<Integer> {

    @Option(names = "--from", required = true, paramLabel = "FOLDER", description = "The backup.")
    private Path from = Path.of("backup");

    @Option(
            names = "--lost-checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint of the ledger from after the backup, if one was kept elsewhere.")
    private List<Path> kept = List.of();

    @Mixin
    private TokenOptions token = new TokenOptions();

    @Mixin
    private RecordOptions options = new RecordOptions();

    @Mixin
    private PlacesOptions folders = new PlacesOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException {
        Places places = folders.in(options.data());
        PayloadKeys keys = token.payloadKeys(places.keys());
        Manifest backup = Manifest.checked(from);
        try (DataFolder claimed = DataFolder.claim(places.data())) {
            LedgerCheck check = LedgerCheck.of(from, Optional.empty(), Optional.empty());
            LedgerVerification.Finding finding;
            try (Database copy = options.openIn(from)) {
                mustBeCopied(backup, copy, check.key());
                finding = check.verify(copy);
            }
            return finding.fault().isPresent() ? refused(finding) : layDown(backup, places, keys, check.key());
        }
    }

    /** A PostgreSQL into which nothing or something else was restored would have the ledger say that nothing is missing. */
    private static void mustBeCopied(Manifest backup, Database copy, String verifierKey) throws IOException {
        Optional<Path> checkpoint = backup.checkpoint();
        try {
            if (checkpoint.isPresent()
                    && !Prefix.holds(new LedgerRows(copy), CheckpointFile.read(checkpoint.get(), verifierKey))) {
                throw new IOException("the database does not hold the ledger of this backup: restore the backup's dump"
                        + " into an empty database, and name that one");
            }
        } catch (NotRecorded e) {
            throw new IOException(
                    "the database holds no record: restore the backup's dump into it first, and begin again", e);
        }
    }

    private int refused(LedgerVerification.Finding finding) {
        new Output(spec)
                .line(
                        "The ledger in the backup does not verify. First entry that does not fit: %d (%s)",
                        finding.at(), finding.fault().orElse(""));
        return 1;
    }

    private int layDown(Manifest backup, Places places, PayloadKeys keys, String verifierKey)
            throws IOException, SQLException {
        Output out = new Output(spec);
        LaidDown there = LaidDown.of(backup, places);
        LostLedger lost;
        try (Database record = options.openIn(there.record())) {
            for (String name : missingKeys(record, keys)) {
                out.line("Without its key, which is not there, nothing can be read that was sealed under %s", name);
            }
            List<String> files = missingFiles(record, places);
            if (!files.isEmpty()) {
                out.line(
                        "%d attachments that the record names are not there; what is to be delivered with them will be parked."
                                + " The first: %s",
                        files.size(), files.get(0));
            }
            lost = LostLedger.of(record, places.keys(), verifierKey, kept);
            lost.record(record, Clock.systemUTC().instant(), out);
        }
        there.finish();
        lost.putAside(out);
        out.line(
                "A gateway can start on %s now.", places.data().toAbsolutePath().normalize());
        return 0;
    }

    private static List<String> missingFiles(Database record, Places places) throws SQLException {
        return Belongings.attachments(record).stream()
                .filter(name -> !Files.exists(places.attachments().resolve(name)))
                .toList();
    }

    /** Those that were destroyed are not missing. */
    private static List<String> missingKeys(Database record, PayloadKeys keys) throws SQLException {
        List<String> missing = new ArrayList<>(Belongings.keys(record));
        missing.removeAll(keys.names());
        return missing;
    }
}
