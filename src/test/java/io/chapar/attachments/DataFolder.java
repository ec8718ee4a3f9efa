package io.chapar.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What a gateway leaves on its disk. */
record DataFolder(Path path) {

    private static final int PIECE = 1 << 20;

    /** As a gateway leaves it that is killed while an attachment comes in; nobody has gone on writing it for two hours. */
    Path unfinished() throws IOException {
        Path day = path.resolve("attachments")
                .resolve(LocalDate.now(ZoneOffset.UTC).toString());
        Files.createDirectories(day);
        Path file = Files.write(day.resolve(UUID.randomUUID() + ".part"), new byte[PIECE]);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }

    List<Path> attachments() throws IOException {
        return files(path.resolve("attachments"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** What large messages of queues lie in, from the first byte until they are taken. */
    List<Path> queued() throws IOException {
        return files(path.resolve("broker").resolve("large-messages"));
    }

    /** The files in which this stands, letter by letter. */
    List<Path> withClear(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : files(path)) {
            if (contains(file, text)) {
                found.add(file);
            }
        }
        return found;
    }

    private static boolean contains(Path file, String text) throws IOException {
        byte[] piece = new byte[PIECE];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(piece); read > 0; read = in.read(piece, kept, piece.length - kept)) {
                int filled = kept + read;
                if (new String(piece, 0, filled, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
                // It may begin in one piece and end in the next.
                kept = Math.min(text.length() - 1, filled);
                System.arraycopy(piece, filled - kept, piece, 0, kept);
            }
        }
        return false;
    }
}
