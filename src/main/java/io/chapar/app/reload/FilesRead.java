package io.chapar.app.reload;

import io.chapar.message.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The files of one reading, each by what was in it just before it was read; so whatever is written later is a change. */
public final class FilesRead {

    private static final Digest UNREADABLE = Digest.of(new byte[0]);

    private final Map<Path, Digest> files = new TreeMap<>();

    public void reading(Path file) {
        files.put(file, inIt(file));
    }

    Map<Path, Digest> then() {
        return Map.copyOf(files);
    }

    /** What is in the same files now. */
    Map<Path, Digest> now() {
        Map<Path, Digest> now = new TreeMap<>();
        files.keySet().forEach(file -> now.put(file, inIt(file)));
        return now;
    }

    /**
     * Of all together: SHA-256 of a line for each file, its digest and its name without the folder, in the order of the
     * whole names. So the same files in another place have the same.
     */
    public Digest digest() {
        StringBuilder lines = new StringBuilder();
        files.forEach((file, digest) ->
                lines.append(digest).append(' ').append(file.getFileName()).append('\n'));
        return Digest.of(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Digest inIt(Path file) {
        try {
            return Digest.of(Files.readAllBytes(file));
        } catch (IOException e) {
            // Whoever reads it for what it says is told; here it only counts that this is another state.
            return UNREADABLE;
        }
    }
}
