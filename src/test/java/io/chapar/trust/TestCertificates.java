package io.chapar.trust;

import io.chapar.app.catalogue.PartyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The development certificates of all parties in a folder of a test's own. The keys are made once and copied: RSA keys of
 * one party alone take longer than most tests.
 */
public final class TestCertificates {

    private static final Path MADE = Path.of("target/test-certificates");

    private TestCertificates() {}

    /** What is in the folder already stays as it is. */
    public static void in(Path folder) throws IOException {
        DevelopmentPki.make(MADE, PartyFile.codes(Path.of("routes", PartyFile.NAME)));
        try (Stream<Path> walk = Files.walk(MADE)) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
            for (Path file : files) {
                copy(file, folder.resolve(MADE.relativize(file)));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void copy(Path file, Path to) throws IOException {
        if (!Files.exists(to)) {
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
        }
    }
}
