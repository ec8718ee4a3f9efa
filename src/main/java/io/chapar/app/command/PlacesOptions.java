package io.chapar.app.command;

import io.chapar.app.backup.Places;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The folders beside the record: the same settings as the gateway's, and the same defaults. */
final class PlacesOptions {

    @Option(
            names = {"--keys", "--chapar.keys.folder"},
            paramLabel = "FOLDER",
            description = "The keys; without it, keys in the data folder.")
    private @Nullable Path keys;

    @Option(
            names = {"--attachments", "--chapar.attachments.folder"},
            paramLabel = "FOLDER",
            description = "The attachments; without it, attachments in the data folder.")
    private @Nullable Path attachments;

    @Option(
            names = {"--batches", "--chapar.batches.folder"},
            paramLabel = "FOLDER",
            description = "The batches; without it, batches in the data folder.")
    private @Nullable Path batches;

    Places in(Path data) {
        return new Places(
                data,
                Objects.requireNonNullElse(attachments, data.resolve("attachments")),
                Objects.requireNonNullElse(batches, data.resolve("batches")),
                Objects.requireNonNullElse(keys, data.resolve("keys")));
    }
}
