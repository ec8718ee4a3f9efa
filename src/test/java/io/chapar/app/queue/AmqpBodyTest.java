package io.chapar.app.queue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AmqpBodyTest {

    private static byte[] read(String hex) throws IOException {
        try (AmqpBody body =
                new AmqpBody(new ByteArrayInputStream(HexFormat.of().parseHex(hex.replace(" ", ""))))) {
            return body.readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "005375 a0 02 6f6b, ok",
        "005375 b0 00000002 6f6b, ok",
        "008000000000000000 75 a0 02 6f6b, ok",
        "005375 a0 01 6f 005375 a0 00 005375 b0 00000001 6b, ok",
        "005377 a1 02 6f6b, ok",
        "005377 b1 00000002 6f6b, ok",
        "005377 a0 02 6f6b, ok",
        // A footer ends it.
        "005375 a0 02 6f6b 005378 c1 01 00, ok"
    })
    void the_bytes_of_data_sections_or_of_one_value_are_the_body(String hex, String expected) throws Exception {
        assertThat(read(hex)).isEqualTo(expected.getBytes(US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Nothing; a value that is null, a number, a map; a sequence; what is no section at all.
                "",
                "005377 40",
                "005377 54 05",
                "005377 c1 01 00",
                "005376 c0 01 00",
                "6f6b"
            })
    void a_body_of_another_form_is_empty(String hex) throws Exception {
        assertThat(read(hex)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1000, ok", "1001, ''", "5000000, ''"})
    void a_row_of_empty_sections_is_followed_only_so_far(int sections, String expected) throws Exception {
        byte[] empty = HexFormat.of().parseHex("005375a000");
        byte[] end = HexFormat.of().parseHex("005375a0026f6b");
        ByteBuffer encoded = ByteBuffer.allocate(sections * empty.length + end.length);
        for (int i = 0; i < sections; i++) {
            encoded.put(empty);
        }
        ByteArrayInputStream from = new ByteArrayInputStream(encoded.put(end).array());
        try (AmqpBody body = new AmqpBody(from)) {
            assertThat(body.readAllBytes()).asString(US_ASCII).isEqualTo(expected);
        }
        assertThat(encoded.capacity() - from.available()).isLessThan(6_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"005375 a0 03 6f6b", "005375 b0 ffffffff 6f6b", "005375 b0 0000", "0053"})
    void refused_when_a_section_says_that_it_is_longer_than_it_is(String hex) {
        assertThatThrownBy(() -> read(hex)).isInstanceOf(EOFException.class);
    }

    @Test
    void it_is_read_byte_by_byte_too() throws Exception {
        try (AmqpBody body =
                new AmqpBody(new ByteArrayInputStream(HexFormat.of().parseHex("005375a002ff6b")))) {
            assertThat(body.read()).isEqualTo(0xff);
            assertThat(body.read()).isEqualTo('k');
            assertThat(body.read()).isEqualTo(-1);
        }
    }
}
