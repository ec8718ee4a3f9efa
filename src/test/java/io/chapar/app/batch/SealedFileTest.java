package io.chapar.app.batch;

import io.chapar.trust.MessageKey;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SealedFileTest {

    @TempDir
    Path folder;

    private Path path = Path.of("");
    private MessageKey key = key(Path.of(System.getProperty("java.io.tmpdir"), "sealed-file-test"));

    @BeforeEach
    void make() {
        path = folder.resolve("file");
        key = key(folder.resolve("keys"));
    }

    private static MessageKey key(Path keys) {
        try {
            Files.createDirectories(keys);
            return PayloadKeys.open(keys, Optional.empty()).forNew("a/2031-01-01");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_is_on_the_disk_is_read_and_lies_there_in_no_readable_form() throws IOException {
        try (SealedFile file = SealedFile.open(path, key, "batch")) {
            append(file, "one ");
            append(file, "two");
            assertThat(read(file)).isEmpty();
            file.force();
            append(file, " three");
            assertThat(read(file)).isEqualTo("one two");
        }
        try (SealedFile file = SealedFile.open(path, key, "batch")) {
            assertThat(file.size()).isEqualTo(13);
            assertThat(read(file)).isEqualTo("one two three");
        }
        assertThat(Files.readString(path, StandardCharsets.ISO_8859_1)).doesNotContain("two");
    }

    @Test
    void what_a_crash_left_half_written_is_cut_off() throws IOException {
        try (SealedFile file = SealedFile.open(path, key, "batch")) {
            append(file, "whole");
            append(file, "half");
        }
        byte[] bytes = Files.readAllBytes(path);
        for (int length : new int[] {bytes.length - 1, bytes.length - 20, bytes.length - 34}) {
            Files.write(path, Arrays.copyOf(bytes, length));
            try (SealedFile file = SealedFile.open(path, key, "batch")) {
                assertThat(read(file)).isEqualTo("whole");
                append(file, "!");
                file.force();
                assertThat(read(file)).isEqualTo("whole!");
            }
        }
        Files.write(path, Arrays.copyOf(bytes, bytes.length + 100));
        try (SealedFile file = SealedFile.open(path, key, "batch")) {
            assertThat(read(file)).isEqualTo("wholehalf");
        }
    }

    @Test
    void what_was_altered_or_is_another_file_does_not_open() throws IOException {
        try (SealedFile file = SealedFile.open(path, key, "batch")) {
            append(file, "content");
            file.force();
            byte[] bytes = Files.readAllBytes(path);
            bytes[20] ^= 1;
            Files.write(path, bytes);
            assertThatThrownBy(() -> read(file)).isInstanceOf(IOException.class);
            bytes[20] ^= 1;
            Files.write(path, bytes);
            assertThat(read(file)).isEqualTo("content");
        }
        Path copy = folder.resolve("copy");
        Files.copy(path, copy);
        try (SealedFile other = SealedFile.open(copy, key, "another batch")) {
            assertThat(other.size()).isZero();
        }
    }

    @Test
    void it_begins_from_nothing_again() throws IOException {
        try (SealedFile file = SealedFile.open(path, key, "batch")) {
            append(file, "first");
            file.force();
            file.clear();
            append(file, "2nd");
            file.force();
            assertThat(read(file)).isEqualTo("2nd");
            assertThatThrownBy(() -> file.append(new byte[0], 0, 0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void append(SealedFile file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        file.append(bytes, 0, bytes.length);
    }

    private static String read(SealedFile file) throws IOException {
        try (InputStream content = file.read()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
