package io.chapar.app.backup;

import io.chapar.record.DurableCopy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The digest of each file of a folder, in the form that {@code sha256sum -c} reads. It is written last. */
public final class Manifest {

    static final String NAME = "SHA256SUMS";
    private static final String BETWEEN = "  ";

    private final Path folder;
    private final Map<String, String> digests;

    private Manifest(Path folder, Map<String, String> digests) {
        this.folder = folder;
        this.digests = digests;
    }

    static void write(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                lines.append(digest(file))
                        .append(BETWEEN)
                        .append(folder.relativize(file).toString().replace('\\', '/'))
                        .append('\n');
            }
        }
        Path manifest = folder.resolve(NAME);
        Files.writeString(manifest, lines, StandardCharsets.UTF_8);
        DurableCopy.force(manifest);
        DurableCopy.force(folder);
    }

    /**
     * Holds the folder against its manifest.
     *
     * @throws IOException naming the first file that is missing or altered
     */
    public static Manifest checked(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            throw new IOException(folder + " is no complete backup: it has no " + NAME);
        }
        Map<String, String> digests = new TreeMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] parts = line.split(BETWEEN, 2);
            if (parts.length != 2 || !folder.resolve(parts[1]).normalize().startsWith(folder.normalize())) {
                throw new IOException(file + " cannot be read: " + line);
            }
            digests.put(parts[1], parts[0]);
        }
        Manifest manifest = new Manifest(folder, digests);
        for (String name : digests.keySet()) {
            manifest.mustBe(name, folder.resolve(name));
        }
        return manifest;
    }

    Iterable<String> names() {
        return digests.keySet();
    }

    /** A file with a checkpoint that the copied ledger holds; empty when it had none. */
    public Optional<Path> checkpoint() {
        return digests.containsKey(Places.CHECKPOINT)
                ? Optional.of(folder.resolve(Places.CHECKPOINT))
                : Optional.empty();
    }

    /** Copies one file to its place, and reads it there again. */
    void layDown(String name, Path to) throws IOException {
        DurableCopy.of(folder.resolve(name), to);
        mustBe(name, to);
    }

    private void mustBe(String name, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("the backup is not complete: " + file + " is missing");
        }
        if (!digest(file).equals(digests.get(name))) {
            throw new IOException("the backup was altered: " + file + " has not the digest that " + NAME + " says");
        }
    }

    private static String digest(Path file) throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
