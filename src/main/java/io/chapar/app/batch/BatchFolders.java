package io.chapar.app.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where batches lie: a folder for each party, in it one for each exchange, in that one for each batch. Which batches are
 * open is told by an empty file for each, so that a start need not look at all the others.
 */
final class BatchFolders {

    static final String OPEN = "open";

    private final Path all;
    private final Path open;

    BatchFolders(Path all) throws IOException {
        this.all = all;
        this.open = all.resolve(OPEN);
        Files.createDirectories(open);
    }

    Path of(BatchId id) {
        return id.folder(all);
    }

    boolean has(BatchId id) {
        return Files.exists(of(id).resolve(StateFile.NAME));
    }

    long room() throws IOException {
        return Files.getFileStore(all).getUsableSpace();
    }

    List<BatchId> open() throws IOException {
        try (Stream<Path> files = Files.list(open)) {
            return files.map(file -> BatchId.ofMarker(file.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /** A folder for a batch that is open; returns when both are on the disk. */
    Path make(BatchId id) throws IOException {
        Path folder = of(id);
        Files.createDirectories(folder);
        StateFile.force(folder.resolve(".."));
        StateFile.force(folder.resolve("../.."));
        StateFile.force(all);
        Path marker = open.resolve(id.marker());
        if (Files.notExists(marker)) {
            Files.createFile(marker);
            StateFile.force(open);
        }
        return folder;
    }

    /** It is open no longer. */
    void ended(BatchId id) throws IOException {
        Files.deleteIfExists(open.resolve(id.marker()));
    }

    /** First what says that it is there: a crash in between leaves rubbish, and no half batch. */
    void delete(BatchId id) throws IOException {
        Path folder = of(id);
        if (Files.exists(folder)) {
            Files.deleteIfExists(folder.resolve(StateFile.NAME));
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
        ended(id);
    }
}
