package io.chapar.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * What nodes that share a database must share besides: keys, and the folder of attachments. A node with others would
 * accept what the rest cannot open, and would not notice.
 */
public final class CommonGround {

    private static final String SAY =
            "insert into common_ground (name, value) values (?, ?) on conflict (name) do nothing";
    private static final String SAID = "select value from common_ground where name = ?";
    private static final int UUID_LENGTH = 36;
    private static final UUID ALONE = new UUID(0, 0);

    private CommonGround() {}

    /**
     * A node alone, on SQLite, has nothing in common with anybody.
     *
     * @param value as this node has it; the first node's counts
     * @throws IllegalStateException in one line, when the nodes before had another one
     */
    public static void hold(Database database, String name, String value, String setting) {
        if (database.sqlite()) {
            return;
        }
        try (Connection connection = database.openWriter();
                PreparedStatement say = connection.prepareStatement(SAY);
                PreparedStatement said = connection.prepareStatement(SAID)) {
            say.setString(1, name);
            say.setString(2, value);
            say.executeUpdate();
            said.setString(1, name);
            try (ResultSet row = said.executeQuery()) {
                row.next();
                if (!row.getString(1).equals(value)) {
                    throw new IllegalStateException(setting + " must be the same for all nodes of this database:"
                            + " set it as theirs, so that each can read what another recorded");
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new NotRecorded("what the nodes have in common cannot be read", e);
        }
    }

    /** This node's own name; it stays in its data folder, so that after a restart it finds what it left in its broker. */
    public static UUID self(Database database, Path folder) throws IOException {
        return database.sqlite() ? ALONE : nameOf(folder, "node");
    }

    /** The name of a folder, the same for all who see it; given by whoever sees it first. */
    public static synchronized UUID nameOf(Path folder, String file) throws IOException {
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(
                folder.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = channel.lock();
            try {
                return channel.size() < UUID_LENGTH ? named(channel) : read(channel);
            } finally {
                lock.release();
            }
        }
    }

    private static UUID named(FileChannel channel) throws IOException {
        UUID fresh = UUID.randomUUID();
        channel.truncate(0);
        ByteBuffer text = ByteBuffer.wrap(fresh.toString().getBytes(StandardCharsets.US_ASCII));
        while (text.hasRemaining()) {
            channel.write(text);
        }
        channel.force(true);
        return fresh;
    }

    private static UUID read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(UUID_LENGTH);
        while (text.hasRemaining() && channel.read(text) >= 0) {
            // A read may give less than is there.
        }
        return UUID.fromString(new String(text.array(), StandardCharsets.US_ASCII));
    }
}
