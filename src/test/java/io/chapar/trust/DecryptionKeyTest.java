package io.chapar.trust;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.chapar.trust.TestPki.Identity;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Only what is encrypted in the one way to this very key is opened; why another is not says nothing of its content. */
class DecryptionKeyTest {

    private static final TestPki PKI = new TestPki("encryption");
    private static final Identity CURVE = PKI.encryption("CURVE");
    private static final Identity RSA = PKI.encryption("RSA", TestPki.rsa(2048));
    private static final byte[] CONTENT = "{\"name\":\"Rəhimova\"}".getBytes(UTF_8);
    private static final String NOT_OPENED = "cannot be decrypted";

    static Stream<Identity> identities() {
        return Stream.of(CURVE, RSA, PKI.encryption("P-384", TestPki.ec("secp384r1")));
    }

    private static DecryptionKey key(Identity identity) {
        return new DecryptionKey(identity.keys().getPrivate(), identity.certificate());
    }

    @ParameterizedTest
    @MethodSource("identities")
    void what_was_encrypted_to_the_certificate_is_opened_with_its_key(Identity identity) throws Exception {
        byte[] jwe = JsonEncryption.encrypt(CONTENT, "application/json", identity.certificate());

        assertThat(DecryptionKey.isForm(jwe)).isTrue();
        assertThat(new String(jwe, US_ASCII))
                .doesNotContain(Base64.getUrlEncoder().encodeToString(CONTENT));
        DecryptionKey.Opened opened = key(identity).open(jwe);
        assertThat(opened.content()).isEqualTo(CONTENT);
        assertThat(opened.contentType()).contains("application/json");
    }

    @Test
    void the_same_twice_is_encrypted_differently() {
        assertThat(JsonEncryption.encrypt(CONTENT, "application/json", CURVE.certificate()))
                .isNotEqualTo(JsonEncryption.encrypt(CONTENT, "application/json", CURVE.certificate()));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void refused_when_it_is_encrypted_to_another_key(Identity identity) {
        Identity other = identity == RSA
                ? PKI.encryption("OTHER", TestPki.rsa(2048))
                : identity == CURVE ? PKI.encryption("OTHER") : PKI.encryption("OTHER", TestPki.ec("secp384r1"));
        refused(identity, JsonEncryption.encrypt(CONTENT, "text/plain", other.certificate()), NOT_OPENED);
        refused(identity, unnamed(other), NOT_OPENED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void refused_in_the_same_words_wherever_it_was_altered(int part) {
        for (Identity identity : new Identity[] {CURVE, RSA}) {
            String[] parts = unnamed(identity).split("\\.");
            char[] altered = parts[part].toCharArray();
            altered[0] = altered[0] == 'A' ? 'B' : 'A';
            parts[part] = new String(altered);
            refused(identity, String.join(".", parts), NOT_OPENED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void refused_in_the_same_words_when_a_part_is_empty_or_cut(int part) {
        String[] parts = unnamed(CURVE).split("\\.");
        String whole = parts[part];
        for (String left : new String[] {"", whole.substring(0, 4)}) {
            parts[part] = left;
            refused(CURVE, String.join(".", parts), NOT_OPENED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"x\"}",
                "<birth/>",
                "",
                "....",
                "a.b.c",
                "a.b.c.d.e.f",
                "a.b.c.d.é",
                "a.b .c.d.e",
                "a.b.c.d.e\n"
            })
    void refused_when_it_is_no_compact_jwe(String text) {
        refused(CURVE, text, "JWE");
    }

    static Stream<Arguments> otherWays() throws Exception {
        SecretKeySpec shared = new SecretKeySpec(new byte[32], "AES");
        ECPublicKey curve = (ECPublicKey) CURVE.certificate().getPublicKey();
        RSAPublicKey rsa = (RSAPublicKey) RSA.certificate().getPublicKey();
        return Stream.of(
                way(CURVE, JWEAlgorithm.DIR, EncryptionMethod.A256GCM, new DirectEncrypter(shared)),
                way(CURVE, JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM, new ECDHEncrypter(curve)),
                way(CURVE, JWEAlgorithm.ECDH_ES_A128KW, EncryptionMethod.A256GCM, new ECDHEncrypter(curve)),
                way(CURVE, JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256CBC_HS512, new ECDHEncrypter(curve)),
                way(CURVE, JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A128GCM, new ECDHEncrypter(curve)),
                way(CURVE, JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM, new RSAEncrypter(rsa)),
                way(RSA, JWEAlgorithm.RSA_OAEP_512, EncryptionMethod.A256GCM, new RSAEncrypter(rsa)),
                way(RSA, JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM, new ECDHEncrypter(curve)),
                way(
                        RSA,
                        JWEAlgorithm.PBES2_HS256_A128KW,
                        EncryptionMethod.A256GCM,
                        new PasswordBasedEncrypter("a password", 16, 1_000)));
    }

    private static Arguments way(Identity to, JWEAlgorithm algorithm, EncryptionMethod method, JWEEncrypter encrypter) {
        return Arguments.of(to, new JWEHeader(algorithm, method), encrypter);
    }

    @ParameterizedTest
    @MethodSource("otherWays")
    void refused_when_it_is_encrypted_in_another_way(Identity to, JWEHeader header, JWEEncrypter encrypter)
            throws Exception {
        refused(to, encrypted(header, encrypter), "was expected to be");
    }

    @Test
    void refused_when_rsa_is_padded_as_of_old() throws Exception {
        refused(RSA, withHeader(RSA, Map.of("alg", "RSA1_5")), "alg was expected to be RSA-OAEP-256");
    }

    @Test
    void refused_when_it_is_compressed() throws Exception {
        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM)
                .compressionAlgorithm(CompressionAlgorithm.DEF)
                .build();
        String bomb = encrypted(header, encrypter(CURVE));
        refused(CURVE, bomb, "no zip");
    }

    @Test
    void refused_when_the_header_brings_a_key_or_says_where_one_is() throws Exception {
        String jwk = new ECKey.Builder(
                        Curve.P_256, (ECPublicKey) CURVE.certificate().getPublicKey())
                .build()
                .toJSONString();
        for (Map.Entry<String, Object> each : Map.<String, Object>of(
                        "jwk", HardenedJson.parse(jwk.getBytes(UTF_8)),
                        "jku", "https://localhost:1/keys",
                        "x5u", "https://localhost:1/certificate",
                        "x5c", "MIIB",
                        "crit", "exp",
                        "p2c", 1_000_000_000L,
                        "anything", true)
                .entrySet()) {
            refused(CURVE, withHeader(CURVE, Map.of(each.getKey(), each.getValue())), "nothing else");
        }
    }

    @Test
    void refused_when_the_header_is_no_json_twice_or_too_long() {
        String[] parts = unnamed(CURVE).split("\\.");
        for (String header : new String[] {
            "", "[]", "{\"alg\":\"ECDH-ES+A256KW\",\"alg\":\"dir\",\"enc\":\"A256GCM\"}", "{}", "{\"alg\":1}"
        }) {
            parts[0] = base64(header.getBytes(UTF_8));
            refused(CURVE, String.join(".", parts), "expected|header");
        }
        parts[0] = "e".repeat(9_000);
        refused(CURVE, String.join(".", parts), "longer");
    }

    @Test
    void refused_when_the_senders_point_is_not_on_the_curve() throws Exception {
        Map<String, Object> point = new TreeMap<>(
                Map.of("kty", "EC", "crv", "P-256", "x", base64(new byte[32]), "y", base64(new byte[32])));
        refused(CURVE, withHeader(CURVE, Map.of("epk", point)), NOT_OPENED);
    }

    @Test
    void refused_to_encrypt_or_decrypt_with_a_certificate_that_is_for_something_else() {
        KeyPair weak = TestPki.rsa(1024);
        for (Identity identity : new Identity[] {
            PKI.signing("SIGNS"),
            PKI.tls("CONNECTS"),
            PKI.signing("SIGNS", TestPki.rsa(2048)),
            PKI.encryption("WEAK", weak)
        }) {
            assertThat(JsonEncryption.canUse(identity.certificate())).isFalse();
            assertThatThrownBy(() -> JsonEncryption.encrypt(CONTENT, "text/plain", identity.certificate()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> key(identity)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refused_when_key_and_certificate_are_not_a_pair() {
        assertThatThrownBy(
                        () -> new DecryptionKey(PKI.encryption("OTHER").keys().getPrivate(), CURVE.certificate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not belong");
    }

    private static void refused(Identity identity, byte[] jwe, String says) {
        refused(identity, new String(jwe, StandardCharsets.ISO_8859_1), says);
    }

    private static void refused(Identity identity, String jwe, String says) {
        assertThatThrownBy(() -> key(identity).open(jwe.getBytes(UTF_8)))
                .isInstanceOf(Malformed.class)
                .hasMessageFindingMatch(says)
                .hasNoCause();
    }

    /** Without the thumbprint that says to which certificate it is encrypted. */
    private static String unnamed(Identity to) {
        JWEAlgorithm algorithm = KeyEncryption.of(to.certificate());
        return encrypted(new JWEHeader(algorithm, EncryptionMethod.A256GCM), encrypter(to));
    }

    private static JWEEncrypter encrypter(Identity to) {
        try {
            return to.certificate().getPublicKey() instanceof ECPublicKey curve
                    ? new ECDHEncrypter(curve)
                    : new RSAEncrypter((RSAPublicKey) to.certificate().getPublicKey());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encrypted(JWEHeader header, JWEEncrypter encrypter) {
        JWEObject jwe = new JWEObject(header, new Payload(CONTENT));
        try {
            jwe.encrypt(encrypter);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwe.serialize();
    }

    /** Whole otherwise, with these members instead of or beside its own. */
    private static String withHeader(Identity to, Map<String, Object> members) throws Malformed {
        String[] parts = unnamed(to).split("\\.");
        Map<String, Object> header =
                new TreeMap<>(HardenedJson.parse(Base64.getUrlDecoder().decode(parts[0])));
        header.putAll(members);
        parts[0] = base64(HardenedJson.write(header));
        return String.join(".", Arrays.asList(parts));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
