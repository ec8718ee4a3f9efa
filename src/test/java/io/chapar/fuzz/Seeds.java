package io.chapar.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bytes that fuzzing begins with, a folder for each target, and what was found once. Those that are signed were signed
 * with keys that nobody has any more, so nothing but them may ever verify.
 */
public final class Seeds {

    public static final Path FOLDER = Path.of("src/test/resources/fuzz");

    /** Certificates, a revocation list and a request for a timestamp, with which the signed seeds are verified. */
    public static final Path PKI = FOLDER.resolve("pki");

    /** Bytes of which the first line is one thing and all after it another. */
    public record Parted(String first, byte[] rest) {

        public static Parted of(byte[] input) {
            int end = 0;
            while (end < input.length && input[end] != '\n') {
                end++;
            }
            return new Parted(
                    new String(input, 0, end, StandardCharsets.ISO_8859_1),
                    Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length));
        }
    }

    private Seeds() {}

    public static List<Path> files(String target) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(target))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<byte[]> of(String target) {
        return files(target).stream().map(Seeds::bytes).toList();
    }

    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
