package io.chapar.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The newest checkpoint that the ledger's key signed and that is durable in the record. It lies beside the key, not beside
 * the record: a record that was restored from a backup is held against it, and found to be older.
 */
public final class CheckpointFile {

    public static final String NAME = "ledger.checkpoint";

    private final Path path;

    /** @param keys the folder of the ledger's key */
    public CheckpointFile(Path keys) {
        this.path = keys.resolve(NAME);
    }

    public Path path() {
        return path;
    }

    /**
     * @param verifierKey of the ledger
     * @throws IOException when what lies there is no checkpoint of this ledger
     */
    public Optional<Checkpoint> read(String verifierKey) throws IOException {
        return Files.exists(path) ? Optional.of(read(path, verifierKey)) : Optional.empty();
    }

    /** Any checkpoint that was kept in a file, such as by an auditor. */
    public static Checkpoint read(Path file, String verifierKey) throws IOException {
        try {
            return Checkpoint.of(Files.readString(file, StandardCharsets.UTF_8), verifierKey);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Replaces it as a whole; returns when it is on the disk. */
    public void keep(String note) throws IOException {
        Path fresh = path.resolveSibling(NAME + ".new");
        Files.writeString(fresh, note, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
