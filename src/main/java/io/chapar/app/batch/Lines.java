package io.chapar.app.batch;

import io.chapar.message.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of JSON, each ended by a line feed. Empty lines count, but are no messages. */
final class Lines implements Parts {

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[65_536];
    private int next;
    private int filled;
    private long number;

    /** @param longest in bytes; what is longer is read away */
    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    @Override
    public Optional<Part> next() throws IOException {
        while (next < filled || fill()) {
            number++;
            ByteArrayOutputStream line = new ByteArrayOutputStream(4_096);
            boolean tooLong = !read(line);
            if (tooLong) {
                return Optional.of(Part.faulty(
                        number,
                        Optional.empty(),
                        ProblemCode.TOO_LARGE,
                        "A line of a batch has at most " + longest + " bytes."));
            }
            byte[] bytes = line.toByteArray();
            if (!isBlank(bytes)) {
                return Optional.of(Part.of(number, Optional.empty(), bytes));
            }
        }
        return Optional.empty();
    }

    /** Up to the line feed, which is taken too; false when it was longer than is kept. */
    private boolean read(ByteArrayOutputStream line) throws IOException {
        boolean kept = true;
        do {
            int end = next;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            if (line.size() + (end - next) > longest) {
                kept = false;
            } else {
                line.write(buffer, next, end - next);
            }
            boolean ended = end < filled;
            next = ended ? end + 1 : end;
            if (ended) {
                return kept;
            }
        } while (fill());
        return kept;
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        next = 0;
        filled = Math.max(read, 0);
        return read > 0;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte one : bytes) {
            if (one != ' ' && one != '\t' && one != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
