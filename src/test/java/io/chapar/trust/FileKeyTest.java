package io.chapar.trust;

import io.chapar.message.ContentDamaged;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileKeyTest {

    private static final int SEALED = FileKey.SEGMENT + FileKey.TAG;

    private final FileKey key = FileKey.fresh();

    private byte[] sealed(byte[] plain, int piece) throws IOException {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = key.sealing(sealed)) {
            for (int at = 0; at < plain.length; at += piece) {
                out.write(plain, at, Math.min(piece, plain.length - at));
            }
        }
        return sealed.toByteArray();
    }

    private static byte[] plain(int size) {
        byte[] plain = new byte[size];
        new Random(size).nextBytes(plain);
        return plain;
    }

    private static byte[] opened(FileKey key, byte[] sealed) throws IOException {
        return key.opening(new ByteArrayInputStream(sealed)).readAllBytes();
    }

    private void damaged(byte[] sealed) {
        assertThatExceptionOfType(ContentDamaged.class).isThrownBy(() -> opened(key, sealed));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, FileKey.SEGMENT - 1, FileKey.SEGMENT, FileKey.SEGMENT + 1, 2 * FileKey.SEGMENT, 3_000_000})
    void what_was_sealed_opens_again_with_the_key_from_the_record(int size) throws Exception {
        byte[] plain = plain(size);
        byte[] sealed = sealed(plain, 10_007);

        assertThat(opened(FileKey.of(key.secret()), sealed)).isEqualTo(plain);
        assertThat(sealed(plain, 70_000)).isEqualTo(sealed);
    }

    @Test
    void damaged_when_cut_at_any_place() throws Exception {
        byte[] sealed = sealed(plain(3 * FileKey.SEGMENT), 9_999);

        for (int length : new int[] {0, 1, FileKey.TAG, SEALED - 1, SEALED, SEALED + 1, 2 * SEALED, 3 * SEALED - 1}) {
            damaged(Arrays.copyOf(sealed, length));
        }
    }

    @Test
    void damaged_when_segments_are_swapped_repeated_left_out_or_another_file_s() throws Exception {
        byte[] sealed = sealed(plain(3 * FileKey.SEGMENT), 9_999);
        byte[] first = Arrays.copyOfRange(sealed, 0, SEALED);
        byte[] second = Arrays.copyOfRange(sealed, SEALED, 2 * SEALED);
        byte[] third = Arrays.copyOfRange(sealed, 2 * SEALED, 3 * SEALED);

        assertThat(opened(key, joined(first, second, third))).hasSize(3 * FileKey.SEGMENT);
        damaged(joined(second, first, third));
        damaged(joined(first, first, second, third));
        damaged(joined(first, third));
        damaged(joined(second, third));
        damaged(joined(first, second, third, third));
        damaged(joined(first, second, third, new byte[] {0}));
        assertThatExceptionOfType(ContentDamaged.class).isThrownBy(() -> opened(FileKey.fresh(), sealed));
    }

    @Test
    void damaged_when_one_bit_differs() throws Exception {
        byte[] sealed = sealed(plain(2 * FileKey.SEGMENT + 5), 9_999);

        for (int at : new int[] {0, SEALED - 1, SEALED, sealed.length - 1}) {
            byte[] altered = sealed.clone();
            altered[at] ^= 1;
            damaged(altered);
        }
    }
}
