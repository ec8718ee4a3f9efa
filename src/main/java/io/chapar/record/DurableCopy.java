package io.chapar.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Copies of files that are on the disk when they are said to be made. */
public final class DurableCopy {

    private DurableCopy() {}

    /** Makes the folders above it, and keeps owner, mode and time. */
    public static void of(Path from, Path to) throws IOException {
        Path folder = to.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(to + " is no file");
        }
        Files.createDirectories(folder);
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        force(to);
        force(folder);
    }

    /**
     * Copies a record in SQLite as it is at one moment, while a gateway goes on.
     *
     * @param to a file that is not there yet, in a folder that is
     */
    public static void ofRecord(Database record, Path to) throws IOException {
        try (Connection connection = record.openWriter();
                PreparedStatement copy = connection.prepareStatement("vacuum into ?")) {
            // It is a transaction of its own.
            connection.setAutoCommit(true);
            copy.setString(1, to.toAbsolutePath().toString());
            copy.execute();
        } catch (SQLException e) {
            throw new IOException("the record cannot be copied to " + to, e);
        }
        force(to);
    }

    /** Returns when the file, or the names in the folder, are on the disk. */
    public static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
