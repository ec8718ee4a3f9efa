package io.chapar.trust;

import io.chapar.trust.TestPki.Identity;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A JWS over bytes that are never in memory as a whole, and one that carries its payload. */
class StreamedSignatureTest {

    private static final TestPki PKI = new TestPki("Streams");
    private static final Identity MH = PKI.signing("MH");
    private static final byte[] PAYLOAD = payload();

    private final JsonSignatures signatures = new JsonSignatures(thumbprint -> Optional.empty());

    private static byte[] payload() {
        byte[] bytes = new byte[200_001];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    static Stream<Identity> kindsOfKeyThatStream() {
        return Stream.of(MH, PKI.signing("RSA", TestPki.rsa(2048)), PKI.signing("P-384", TestPki.ec("secp384r1")));
    }

    @ParameterizedTest
    @MethodSource("kindsOfKeyThatStream")
    void verified_however_the_bytes_are_cut(Identity identity) throws Exception {
        String jws = identity.signer().detachedJws(PAYLOAD);
        for (int piece : new int[] {1, 3, 1000, PAYLOAD.length}) {
            assertThat(feed(signatures.stream(jws), PAYLOAD, piece).finish()).isEqualTo(identity.certificate());
        }
    }

    @Test
    void refused_when_a_bit_is_flipped_or_a_byte_is_missing() throws Exception {
        String jws = MH.signer().detachedJws(PAYLOAD);
        byte[] altered = PAYLOAD.clone();
        altered[100_000] ^= 1;

        assertThatThrownBy(() -> feed(signatures.stream(jws), altered, 1000).finish())
                .isInstanceOf(SignatureRefused.class);
        assertThatThrownBy(() -> signatures.stream(jws).finish()).isInstanceOf(SignatureRefused.class);
    }

    @Test
    void refused_with_a_kind_of_key_that_needs_all_bytes_at_once() {
        String jws = PKI.signing("Ed25519", TestPki.ed25519()).signer().detachedJws(PAYLOAD);

        assertThatThrownBy(() -> signatures.stream(jws))
                .isInstanceOf(SignatureRefused.class)
                .hasMessageContaining("ES256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a..b", "a.b", "a.b.c", "..", "e30..AA"})
    void refused_when_it_is_no_detached_jws(String jws) {
        assertThatThrownBy(() -> signatures.stream(jws)).isInstanceOf(SignatureRefused.class);
    }

    @Test
    void a_flattened_jws_is_a_detached_one_and_its_payload() throws Exception {
        String[] parts = MH.signer().compactJws("a", PAYLOAD).split("\\.", -1);
        FlattenedJws read = FlattenedJws.read(flattened(parts[0], parts[1], parts[2]));

        assertThat(read.payload()).isEqualTo(PAYLOAD);
        assertThat(signatures.verify(read.payload(), read.detached()).signer()).isEqualTo(MH.certificate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"protected\":\"a\",\"payload\":\"YQ\"}",
                "{\"protected\":\"a\",\"payload\":\"YQ\",\"signature\":1}",
                "{\"protected\":\"a\",\"payload\":\"YQ==\",\"signature\":\"b\"}",
                "{\"protected\":\"a\",\"payload\":\"YR\",\"signature\":\"b\"}",
                "{\"protected\":\"a.b\",\"payload\":\"YQ\",\"signature\":\"b\"}",
                "{\"protected\":\"a\",\"payload\":\"YQ\",\"signature\":\"b\",\"header\":{}}",
                "{\"protected\":\"a\",\"payload\":\"YQ\",\"signature\":\"b\",\"signature\":\"c\"}"
            })
    void refused_when_it_is_no_flattened_jws(String json) {
        assertThatThrownBy(() -> FlattenedJws.read(json.getBytes(UTF_8))).isInstanceOf(Malformed.class);
    }

    private static byte[] flattened(String header, String payload, String signature) {
        return ("{\"protected\":\"" + header + "\",\"payload\":\"" + payload + "\",\"signature\":\"" + signature
                        + "\"}")
                .getBytes(UTF_8);
    }

    private static StreamedSignature feed(StreamedSignature signature, byte[] bytes, int piece) {
        for (int at = 0; at < bytes.length; at += piece) {
            signature.update(bytes, at, Math.min(piece, bytes.length - at));
        }
        return signature;
    }
}
