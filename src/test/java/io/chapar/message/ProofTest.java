package io.chapar.message;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProofTest {

    @ParameterizedTest
    @CsvSource({"h..s,{}", ",{}", "enveloped,'<a>\n</a>\n'", "h..s,'\n\n'", "h..s,''", ",''"})
    void comes_apart_as_it_was_put_together(String signature, String said) {
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);

        Proof apart = Proof.of(new Proof(bytes, Optional.ofNullable(signature)).bytes());

        assertThat(apart.said()).isEqualTo(bytes);
        assertThat(apart.signature()).isEqualTo(Optional.ofNullable(signature));
    }
}
