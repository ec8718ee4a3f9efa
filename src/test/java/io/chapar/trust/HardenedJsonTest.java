package io.chapar.trust;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HardenedJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "\"a\"",
                "null",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "// c\n{}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"\\u0062\":2}}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":9007199254740992}",
                "{\"a\":-9007199254740992}",
                "{\"a\":1e400}",
                "{\"a\":1e308}",
                "{\"a\":1e16}",
                "{\"a\":1e-300}",
                "{\"a\":0e-400}",
                "{\"a\":1e999999999}",
                "{\"a\":0.123456789012345678}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00x\"}",
                "{\"\\ud800\":1}",
                "{\"a\":\"\\uffff\"}",
                "{\"a\":\"\\ufdd0\"}",
                "{\"a\":\"\\ud83f\\udfff\"}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"\u0001\"}",
                "\uFEFF{}"
            })
    void refused(String json) {
        assertThatThrownBy(() -> HardenedJson.parse(json.getBytes(UTF_8))).isInstanceOf(Malformed.class);
    }

    @Test
    void a_number_with_an_exponent_is_read_as_it_is_written_and_read_again() throws Exception {
        Map<String, Object> read =
                HardenedJson.parse("{\"a\":1e3,\"b\":12.5e-4,\"c\":0e400,\"d\":1.0}".getBytes(UTF_8));
        assertThat(new String(HardenedJson.write(read), UTF_8))
                .isEqualTo("{\"a\":1000,\"b\":0.00125,\"c\":0,\"d\":1.0}");
        assertThat(HardenedJson.parse(HardenedJson.write(read))).isEqualTo(read);
    }

    @Test
    void refused_beyond_the_limits() {
        String deep = "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}";
        String name = "{\"" + "a".repeat(257) + "\":1}";
        String text = "{\"a\":\"" + "x".repeat(4_000_001) + "\"}";
        String many = "{\"a\":[" + "1,".repeat(100_000) + "1]}";
        String wide = "{" + members(1_000) + ",\"one\":1}";
        for (String json : List.of(deep, name, text, many, wide)) {
            assertThatThrownBy(() -> HardenedJson.parse(json.getBytes(UTF_8))).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void read_up_to_the_limit() throws Exception {
        assertThat(HardenedJson.parse(("{" + members(1_000) + "}").getBytes(UTF_8)))
                .hasSize(1_000);
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"m" + i + "\":1").collect(Collectors.joining(","));
    }

    @Test
    void refused_when_the_bytes_are_not_utf8() {
        assertThatThrownBy(() -> HardenedJson.parse("{\"a\":\"é\"}".getBytes(ISO_8859_1)))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> HardenedJson.parse(
                        new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'}))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void read_in_order_with_plain_types() throws Exception {
        Map<String, Object> read = HardenedJson.parse(
                "{\"z\":1,\"a\":[true,false,null,\"Ə😀\"],\"d\":1.50,\"i\":9007199254740991,\"o\":{}}".getBytes(UTF_8));

        assertThat(read.keySet()).containsExactly("z", "a", "d", "i", "o");
        assertThat(read)
                .containsEntry("z", 1L)
                .containsEntry("a", Arrays.asList(true, false, null, "Ə😀"))
                .containsEntry("d", new BigDecimal("1.50"))
                .containsEntry("i", 9007199254740991L)
                .containsEntry("o", Map.of());
    }

    @Test
    void written_and_read_again_is_the_same() throws Exception {
        byte[] json = "{\"z\":1,\"a\":[true,\"\\u0022Ə\"],\"d\":0.000001}".getBytes(UTF_8);

        assertThat(HardenedJson.parse(HardenedJson.write(HardenedJson.parse(json))))
                .isEqualTo(HardenedJson.parse(json));
    }

    @Test
    void a_refusal_quotes_nothing() {
        assertThatThrownBy(() -> HardenedJson.parse("{\"Aliyev\":Aliyev}".getBytes(UTF_8)))
                .hasMessageNotContaining("liyev");
    }
}
