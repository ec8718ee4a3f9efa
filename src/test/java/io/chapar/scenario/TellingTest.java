package io.chapar.scenario;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who looks for a word must find it, or that nothing is found says nothing. */
class TellingTest {

    private static final String NAME = "Şərifova";

    private final Telling telling = new Telling(List.of(NAME, "Petrova"));

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE"})
    void found_in_every_encoding_between_other_bytes(String encoding) {
        byte[] bytes = ("\u0001\u0000x" + NAME + "\u0000\u00ff").getBytes(Charset.forName(encoding));
        assertThat(telling.in(bytes)).containsExactly(NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"", "{\"n"})
    void found_in_base64_wherever_it_begins(String before) {
        byte[] bytes = (before + NAME + "\",\"Petrova\"").getBytes(StandardCharsets.UTF_8);
        assertThat(telling.in(Base64.getEncoder().encode(bytes))).containsExactly("Petrova", NAME);
        assertThat(telling.in(Base64.getUrlEncoder().encode(bytes))).containsExactly("Petrova", NAME);
    }

    @Test
    void found_as_json_escapes_it_and_in_the_name_of_a_file(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a"), "\"\\u015e\\u0259rifova\"");
        Files.writeString(folder.resolve("Petrova.pdf"), "");
        Files.writeString(folder.resolve("other"), "Petrov, Sharifova");
        assertThat(telling.under(folder)).isEqualTo(Map.of("a", Set.of(NAME), "Petrova.pdf", Set.of("Petrova")));
    }
}
