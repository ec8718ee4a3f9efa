package io.chapar.app.batch;

import io.chapar.fuzz.Seeds.Parted;
import io.chapar.message.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static io.chapar.fuzz.Target.promise;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Batches of many messages. */
public final class BatchTargets {

    private static final int LARGEST = 1_000;
    private static final int MOST_UNPACKED = 100_000;

    private BatchTargets() {}

    /** Lines are what stands between line feeds, whether they are taken or too long. */
    public static void lines(byte[] input) throws IOException {
        List<String> expected = Arrays.stream(new String(input, ISO_8859_1).split("\n", -1))
                .filter(line -> !line.matches("[ \t\r]*"))
                .map(line -> line.length() > LARGEST ? "" : line)
                .toList();
        List<String> read = new ArrayList<>();
        try (Parts lines = new Lines(new ByteArrayInputStream(input), LARGEST)) {
            for (Optional<Part> line = lines.next(); line.isPresent(); line = lines.next()) {
                read.add(new String(line.get().bytes(), ISO_8859_1));
            }
        } catch (Refusal e) {
            throw new AssertionError("lines are never refused as a whole", e);
        }
        promise(read.equals(expected), "lines are what stands between line feeds");
    }

    /** Entries are read twice as the same, within the limits. */
    public static void zip(byte[] input) throws IOException {
        Optional<List<Part>> first = entries(input);
        Optional<List<Part>> second = entries(input);
        promise(first.isPresent() == second.isPresent(), "the same ZIP is refused or taken");
        first.ifPresent(parts -> {
            promise(parts.size() == second.orElseThrow().size(), "the same ZIP has the same entries");
            for (int i = 0; i < parts.size(); i++) {
                byte[] bytes = parts.get(i).bytes();
                promise(Arrays.equals(bytes, second.orElseThrow().get(i).bytes()), "the same entries hold the same");
                promise(bytes.length <= LARGEST, "an entry is not larger than it may be");
            }
        });
    }

    private static Optional<List<Part>> entries(byte[] input) throws IOException {
        List<Part> read = new ArrayList<>();
        int unpacked = 0;
        try (Parts entries = new Entries(new ByteArrayInputStream(input), LARGEST, MOST_UNPACKED)) {
            for (Optional<Part> entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                read.add(entry.get());
                unpacked += entry.get().bytes().length;
            }
        } catch (Refusal e) {
            return Optional.empty();
        }
        promise(unpacked <= MOST_UNPACKED, "no more is unpacked than may be");
        return Optional.of(read);
    }

    /** Content-Range, and in the second line Content-Length. */
    public static void range(byte[] input) {
        Parted parted = Parted.of(input);
        String length = new String(parted.rest(), ISO_8859_1);
        try {
            ContentRange range = ContentRange.of(
                    Optional.of(parted.first()),
                    Optional.of(length)
                            .filter(text -> text.matches("[0-9]{1,18}"))
                            .map(Long::valueOf));
            promise(range.first() >= 0, "a part begins in the batch");
            if (range.total().isPresent() && range.length().isPresent()) {
                promise(range.first() + range.length().get() <= range.total().get(), "a part ends in the batch");
            }
        } catch (Refusal e) {
            return; // refused, as promised
        }
    }
}
