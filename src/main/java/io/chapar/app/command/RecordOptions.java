package io.chapar.app.command;

import io.chapar.record.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the record lies: the same settings as the gateway's. */
final class RecordOptions {

    @Option(
            names = {"--data", "--chapar.data"},
            defaultValue = "${env:CHAPAR_DATA:-data}",
            description = "The gateway's data folder (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = {"--database", "--chapar.database.url"},
            defaultValue = "${env:CHAPAR_DATABASE_URL:-}",
            description = "jdbc:postgresql://…; without it, the SQLite file in the data folder.")
    private String database = "";

    Path data() {
        return data;
    }

    /** Looked at anew each time. */
    RecordInspection inspection() {
        return new RecordInspection(database, data);
    }

    /** The record in another folder, unless it is in PostgreSQL. */
    Database openIn(Path folder) throws IOException {
        return Database.existing(database, folder);
    }

    Database open() throws IOException {
        if (database.isBlank() && !Files.exists(data.resolve("chapar.db"))) {
            throw new IOException("there is no record in the data folder " + data.toAbsolutePath());
        }
        return Database.existing(database, data);
    }
}
