package io.chapar.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#12 file with keys that exist nowhere else. It is replaced as a whole, and the new one is on the disk before the
 * old one goes. Nodes may share its folder: whoever changes the file waits for the others and begins with the newest.
 */
final class KeyFile {

    /** Beside the files, when nobody has set one. */
    static final String PASSWORD = "password";

    private static final int PASSWORD_BYTES = 24;

    /** Among those in one process, for whom the lock of a file is none. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path folder;
    private final Path file;
    private final char[] password;
    private final AtomicLong readings = new AtomicLong();
    private volatile Reading newest;

    /**
     * The file as it was at one time.
     *
     * @param number of who began later reads what is newer, or the same
     * @param written null when there was none
     */
    private record Reading(KeyStore keys, @Nullable FileTime written, long number) {}

    /** What is done to the keys, and whether that changed them. */
    interface Change {
        boolean apply(KeyStore newest) throws IOException, GeneralSecurityException;
    }

    interface Alone<T> {
        T done() throws IOException, GeneralSecurityException;
    }

    /** @param configured the password; when there is none, one is made once and kept in a file of its own beside */
    KeyFile(Path folder, String name, Optional<char[]> configured) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        this.folder = folder;
        this.file = folder.resolve(name);
        this.password = configured.isPresent() ? configured.get().clone() : alone(folder, () -> madePassword(folder));
        this.newest = read(null);
    }

    /** As last read. */
    KeyStore keys() {
        return newest.keys();
    }

    KeyStore.PasswordProtection protection() {
        return new KeyStore.PasswordProtection(password);
    }

    char[] password() {
        return password;
    }

    /** Reads it again if another node seems to have written it meanwhile; whether it did. Waits for nobody. */
    boolean refresh() throws IOException, GeneralSecurityException {
        FileTime seen = newest.written();
        if (Objects.equals(seen, written(seen))) {
            return false;
        }
        readAgain();
        return true;
    }

    /** Whatever its time says: over a network that may be an old one, while what is opened is not. Waits for nobody. */
    void readAgain() throws IOException, GeneralSecurityException {
        learn(read(newest.written()));
    }

    /** Changes the newest keys, alone over all nodes; returns when they are on the disk. */
    void change(Change change) throws IOException, GeneralSecurityException {
        alone(folder, () -> {
            Reading before = read(newest.written());
            if (change.apply(before.keys())) {
                save(before.keys());
                FileTime saved = written(before.written());
                learn(new Reading(before.keys(), saved, readings.incrementAndGet()));
            } else {
                learn(before);
            }
            return before;
        });
    }

    private synchronized void learn(Reading reading) {
        if (reading.number() > newest.number()) {
            newest = reading;
        }
    }

    /** Alone over all nodes that share the folder. */
    static <T> T alone(Path folder, Alone<T> work) throws IOException, GeneralSecurityException {
        IN_THIS_PROCESS.lock();
        try (FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.lock();
            try {
                return work.done();
            } finally {
                lock.release();
            }
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /** The time first: what is written between the two is read once more. */
    private Reading read(@Nullable FileTime before) throws IOException, GeneralSecurityException {
        long number = readings.incrementAndGet();
        FileTime time = written(before);
        KeyStore read = KeyStore.getInstance("PKCS12");
        if (time == null) {
            read.load(null, password);
        } else {
            try (InputStream in = Files.newInputStream(file)) {
                read.load(in, password);
            }
        }
        return new Reading(read, time, number);
    }

    /**
     * When it was written; null before there ever was one.
     *
     * @param before as it was seen before
     * @throws IOException when it cannot be seen now; a file that was there once and is missing is not one without keys,
     *     and must not be replaced by one
     */
    private @Nullable FileTime written(@Nullable FileTime before) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException e) {
            if (before == null) {
                return null;
            }
            throw new IOException("the key file " + file + " is not there any more; bring it back", e);
        }
    }

    private void save(KeyStore keys) throws IOException, GeneralSecurityException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        createPrivate(fresh);
        try (OutputStream out = Files.newOutputStream(fresh)) {
            keys.store(out, password);
        }
        force(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(folder);
    }

    private static char[] madePassword(Path folder) throws IOException {
        if (Files.exists(folder.resolve(SealedPassword.SEALED))) {
            throw new IOException(
                    "the password of the key files in " + folder + " lies sealed: say where the key is that"
                            + " opens it, with chapar.keys.sealing-key and chapar.token.library");
        }
        Path kept = folder.resolve(PASSWORD);
        if (!Files.exists(kept)) {
            createPrivate(kept);
            Files.writeString(kept, freshPassword(), StandardCharsets.US_ASCII);
            force(kept);
        }
        return Files.readString(kept, StandardCharsets.US_ASCII).strip().toCharArray();
    }

    static String freshPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    static void createPrivate(Path path) throws IOException {
        Files.deleteIfExists(path);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(path);
        }
    }

    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
