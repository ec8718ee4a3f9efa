package io.chapar.app.batch;

import io.chapar.record.DurableCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies batches while a gateway works on them: each as a crash at that moment would have left it. */
public final class BatchesCopy {

    private static final Logger LOG = LoggerFactory.getLogger(BatchesCopy.class);
    private static final int PARTY_EXCHANGE_ID_FILE = 4;

    private BatchesCopy() {}

    /**
     * Which batches there are, then which of them are open, then of each what is known before what it holds: files only
     * grow, so nothing is less than what is known of it, and none that is open is taken for one that has ended. Nothing is
     * copied where there is no folder of batches.
     */
    public static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        for (Path batch : batches(from)) {
            Path name = from.relativize(batch);
            try {
                Path marker = from.resolve(BatchFolders.OPEN).resolve(marker(name));
                if (Files.exists(marker)) {
                    DurableCopy.of(marker, to.resolve(BatchFolders.OPEN).resolve(marker(name)));
                }
                DurableCopy.of(batch.resolve(StateFile.NAME), to.resolve(name).resolve(StateFile.NAME));
                for (Path file : contents(batch)) {
                    DurableCopy.of(file, to.resolve(from.relativize(file)));
                }
            } catch (NoSuchFileException e) {
                // Forgotten meanwhile, which begins with its state: what was copied of it is found again by nobody.
                LOG.info("a batch was deleted while it was copied");
                Files.deleteIfExists(to.resolve(name).resolve(StateFile.NAME));
                Files.deleteIfExists(to.resolve(BatchFolders.OPEN).resolve(marker(name)));
            }
        }
    }

    /** Once its state is there, so is the file that says that it is open. */
    private static List<Path> batches(Path from) throws IOException {
        try (Stream<Path> files =
                Files.find(from, PARTY_EXCHANGE_ID_FILE, (file, facts) -> file.endsWith(StateFile.NAME))) {
            return files.map(file -> file.resolveSibling("")).toList();
        }
    }

    private static List<Path> contents(Path batch) throws IOException {
        try (Stream<Path> files = Files.list(batch)) {
            return files.filter(file -> !String.valueOf(file.getFileName()).startsWith(StateFile.NAME))
                    .toList();
        }
    }

    private static String marker(Path name) {
        return name.toString().replace(name.getFileSystem().getSeparator(), BatchId.BETWEEN);
    }
}
