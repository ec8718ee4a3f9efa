package io.chapar.sandbox.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file system of its own, in a file: it can be filled to the last byte without harm to anybody else. Once it is closed,
 * what lies in it can be looked at by mounting the file.
 */
public final class SmallDisk implements AutoCloseable {

    private static final long BYTES = 8L << 30;
    private static final Path LOOP = Path.of("/dev/loop-control");
    private static final String EFFECTIVE = "CapEff:";
    private static final int CAP_SYS_ADMIN = 21;
    private static final List<String> PROGRAMS = List.of("mkfs.ext4", "mount", "umount", "fallocate");

    private static final int TRIES = 20;

    private final Path folder;
    private final Path ballast;
    private final Thread atTheLatest;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
        this.atTheLatest = new Thread(this::letGo, "faults-disk");
    }

    /** What is missing here to have one. */
    public static Optional<String> missing() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("only root may mount a file system");
        }
        if (Files.notExists(LOOP) || !mayAdminister()) {
            return Optional.of("root may mount nothing here, as in most containers");
        }
        return PROGRAMS.stream()
                .filter(program -> Programs.find(program).isEmpty())
                .findFirst()
                .map(program -> "the program " + program + " is not installed");
    }

    /** Whether this process has CAP_SYS_ADMIN (capabilities(7)). */
    private static boolean mayAdminister() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith(EFFECTIVE))
                    .anyMatch(line ->
                            new BigInteger(line.substring(EFFECTIVE.length()).strip(), 16).testBit(CAP_SYS_ADMIN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One, where it can be had. */
    public static Optional<SmallDisk> ifPossible(Path image, Path folder) throws IOException, InterruptedException {
        return missing().isPresent() ? Optional.empty() : Optional.of(make(image, folder));
    }

    /**
     * @param image takes as much room as is used
     */
    public static SmallDisk make(Path image, Path folder) throws IOException, InterruptedException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        Programs.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        Files.createDirectories(folder);
        Programs.run("mount", "-o", "loop", image.toString(), folder.toString());
        SmallDisk disk = new SmallDisk(folder);
        Runtime.getRuntime().addShutdownHook(disk.atTheLatest);
        return disk;
    }

    /** What was mounted. */
    public Path folder() {
        return folder;
    }

    /**
     * Whoever has files on it goes on writing meanwhile, and may take the room that was just counted: then it is counted
     * again.
     *
     * @param left bytes, so that it becomes full in the middle of something
     */
    public void fill(long left) throws IOException, InterruptedException {
        if (full()) {
            return;
        }
        for (int tries = 1; room(left) > 0; tries++) {
            try {
                Programs.run("fallocate", "-l", Long.toString(room(left)), ballast.toString());
                return;
            } catch (IOException e) {
                free();
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private long room(long left) throws IOException {
        return Files.getFileStore(folder).getUsableSpace() - left;
    }

    boolean full() {
        return Files.exists(ballast);
    }

    /** Takes away what filled it. */
    public void free() throws IOException {
        Files.deleteIfExists(ballast);
    }

    @Override
    public void close() {
        letGo();
        Runtime.getRuntime().removeShutdownHook(atTheLatest);
    }

    /** It goes as soon as nobody uses it any more. */
    private void letGo() {
        try {
            free();
            Programs.run("umount", "-l", folder.toString());
        } catch (IOException e) {
            System.err.println("Unmount it yourself: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
