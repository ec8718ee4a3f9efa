package io.chapar.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A folder in which a gateway keeps what it must not lose. It belongs to one gateway at a time. */
public final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws IOException in one line, when another gateway has it or it cannot be written */
    public static DataFolder claim(Path path) throws IOException {
        return claim(path, "data folder", "chapar.data");
    }

    /**
     * @param name what the folder is called
     * @param setting that says which one it is
     * @throws IOException in one line, when another gateway has it or it cannot be written
     */
    public static DataFolder claim(Path path, String name, String setting) throws IOException {
        Files.createDirectories(path);
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException("Another gateway runs on the " + name + " " + path.toAbsolutePath()
                    + ": stop it, or give this one a folder of its own with " + setting);
        }
        return new DataFolder(path, channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another gateway in this same process.
            return null;
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
