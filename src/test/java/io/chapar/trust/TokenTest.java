package io.chapar.trust;

import io.chapar.trust.TestPki.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** Keys in a token of SoftHSM do what keys in files do, and say so when they cannot. */
@ResourceLock("softhsm")
class TokenTest {

    private static final TestPki PKI = new TestPki("token");
    private static final Identity P_256 = PKI.signing("P-256");
    private static final Identity P_384 = PKI.signing("P-384", TestPki.ec("secp384r1"));
    private static final KeyPair RSA_KEYS = TestPki.rsa(2048);
    private static final Identity RSA = PKI.signing("RSA", RSA_KEYS);
    private static final Identity CURVE = PKI.encryption("ENCRYPT");
    private static final Identity CURVE_384 = PKI.encryption("ENCRYPT-384", TestPki.ec("secp384r1"));
    private static final Identity RSA_ENCRYPTS = PKI.encryption("ENCRYPT-RSA", RSA_KEYS);
    private static final byte[] JSON = "{\"a\":1}".getBytes(UTF_8);
    private static final byte[] XML = "<a xmlns=\"urn:chapar:x:1.0\">Rəhimova</a>".getBytes(UTF_8);

    @TempDir
    Path folder;

    private TestToken soft = TestToken.needed();
    private Path pin = Path.of("");

    @BeforeAll
    static void filled() {
        TestToken token = TestToken.needed();
        Stream.of(P_256, P_384, RSA, CURVE, CURVE_384)
                .forEach(each -> token.put(label(each), each.keys().getPrivate(), each.certificate()));
        token.putSecret("token-seal");
        token.putSecret("token-seals-otherwise");
    }

    @BeforeEach
    void with_its_pin() throws IOException {
        soft = TestToken.needed();
        pin = TestToken.pinFile(folder);
    }

    private static String label(Identity identity) {
        return "token-" + identity.certificate().getSerialNumber();
    }

    private PrivateKeys keys() {
        return new PrivateKeys(Optional.of(soft.open(pin)), Optional.empty());
    }

    private PrivateKey key(Identity identity) throws IOException {
        return keys().at("pkcs11:object=" + label(identity), "chapar.trust.signing-key");
    }

    static Stream<Identity> signing() {
        return Stream.of(P_256, P_384, RSA);
    }

    static Stream<Identity> decrypting() {
        return Stream.of(CURVE, CURVE_384);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("signing")
    void what_it_signs_in_any_form_verifies_as_if_the_key_lay_in_a_file(Identity identity) throws Exception {
        PrivateKey key = key(identity);
        assertThat(key.getEncoded()).isNull();
        KeySigner signer = new KeySigner(key, identity.certificate(), TestPki.CLOCK);

        assertThat(new JsonSignatures(none -> Optional.empty())
                        .verify(JSON, signer.detachedJws(JSON))
                        .signer())
                .isEqualTo(identity.certificate());
        assertThat(new XmlSignatures()
                        .verify(HardenedXml.parse(signer.xml(XML)))
                        .signer())
                .isEqualTo(identity.certificate());
        assertThat(new EnvelopeSignatures(TestPki.CLOCK, Duration.ofMinutes(5))
                        .verify(signer.envelope(XML, true))
                        .signer())
                .isEqualTo(identity.certificate());
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("decrypting")
    void what_was_encrypted_to_its_certificate_is_opened(Identity identity) throws Exception {
        DecryptionKey key = new DecryptionKey(key(identity), identity.certificate());

        byte[] jwe = JsonEncryption.encrypt(JSON, "application/json", identity.certificate());

        assertThat(key.open(jwe).content()).isEqualTo(JSON);
        jwe[jwe.length - 5] ^= 1;
        assertThatThrownBy(() -> key.open(jwe)).isInstanceOf(Malformed.class);
    }

    @Test
    void refused_when_it_is_encrypted_to_another_key_of_the_curve() throws Exception {
        DecryptionKey key = new DecryptionKey(key(CURVE), CURVE.certificate());
        byte[] jwe = JsonEncryption.encrypt(
                JSON, "application/json", PKI.encryption("OTHER").certificate());
        assertThatThrownBy(() -> key.open(jwe)).isInstanceOf(Malformed.class);
    }

    @Test
    void goes_on_when_the_token_forgot_who_is_logged_in() throws Exception {
        KeySigner signer = new KeySigner(key(P_256), P_256.certificate());
        soft.forgetLogins();
        assertThat(signer.detachedJws(JSON)).isNotEmpty();
    }

    @Test
    void says_that_it_is_away_as_long_as_it_is_and_goes_on_afterwards() throws Exception {
        KeySigner signer = new KeySigner(key(P_256), P_256.certificate());
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(pin, elsewhere);
        soft.forgetLogins();

        assertThatThrownBy(() -> signer.detachedJws(JSON))
                .isInstanceOf(KeyUnavailable.class)
                .hasMessageContaining("cannot be used now");
        Files.move(elsewhere, pin);
        await().ignoreException(KeyUnavailable.class)
                .until(() -> !signer.detachedJws(JSON).isEmpty());
    }

    @Test
    void the_password_of_the_key_files_lies_sealed_and_opens_with_the_same_key_only() throws Exception {
        PrivateKeys keys = keys();
        Path sealed = folder.resolve("keys");
        char[] first = keys.unsealed("pkcs11:object=token-seal", "chapar.keys.sealing-key", sealed);

        assertThat(keys.unsealed("pkcs11:object=token-seal", "chapar.keys.sealing-key", sealed))
                .isEqualTo(first);
        assertThat(sealed.resolve("password")).doesNotExist();
        assertThat(Files.readString(sealed.resolve("password.sealed"))).doesNotContain(new String(first));
        assertThatThrownBy(
                        () -> keys.unsealed("pkcs11:object=token-seals-otherwise", "chapar.keys.sealing-key", sealed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bring back the key that sealed it");
    }

    @Test
    void a_password_that_lay_there_in_clear_is_sealed_and_gone() throws Exception {
        PayloadKeys before = PayloadKeys.open(folder, Optional.empty());
        String name = before.forNew("a/2031-01-01").name();

        char[] password = keys().unsealed("pkcs11:object=token-seal", "chapar.keys.sealing-key", folder);

        assertThat(folder.resolve("password")).doesNotExist();
        assertThat(PayloadKeys.open(folder, Optional.of(password)).names()).contains(name);
    }

    @Test
    void refused_when_the_sealed_password_was_altered() throws Exception {
        PrivateKeys keys = keys();
        keys.unsealed("pkcs11:object=token-seal", "chapar.keys.sealing-key", folder);
        Path file = folder.resolve("password.sealed");
        String text = Files.readString(file);
        Files.writeString(file, (text.charAt(0) == 'A' ? "B" : "A") + text.substring(1));

        assertThatThrownBy(() -> keys.unsealed("pkcs11:object=token-seal", "chapar.keys.sealing-key", folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void refused_with_a_wrong_pin() throws IOException {
        Files.writeString(pin, "00000");
        // Who is in is in: a PIN counts for the whole process.
        soft.forgetLogins();
        assertThatThrownBy(() -> soft.open(pin))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chapar.token.pin-file")
                .hasMessageContaining("is not the token's")
                .hasMessageNotContaining("00000");
    }

    @Test
    void a_pin_that_was_wrong_is_not_tried_again_and_another_one_is() throws Exception {
        KeySigner signer = new KeySigner(key(P_256), P_256.certificate());
        Files.writeString(pin, "00000");
        soft.forgetLogins();

        assertThat(catchThrowable(() -> signer.detachedJws(JSON))).hasMessageContaining("CKR_PIN_INCORRECT");
        await().untilAsserted(() -> assertThat(catchThrowable(() -> signer.detachedJws(JSON)))
                .isInstanceOf(KeyUnavailable.class)
                .hasMessageContaining("was wrong before"));
        TestToken.pinFile(folder);
        await().ignoreException(KeyUnavailable.class)
                .until(() -> !signer.detachedJws(JSON).isEmpty());
    }

    @Test
    void refused_without_a_pin_file() {
        assertThatThrownBy(() -> soft.open(folder.resolve("nowhere")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chapar.token.pin-file cannot be read");
    }

    @Test
    void refused_without_the_module() {
        assertThatThrownBy(() -> new Token(folder.resolve("none.so"), 1, pin, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chapar.token.library is missing");
    }

    @Test
    void refused_when_the_module_is_none() {
        assertThatThrownBy(() -> new Token(Path.of("pom.xml").toAbsolutePath(), 1, pin, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void refused_when_the_slot_is_empty() {
        assertThatThrownBy(() -> new Token(soft.module(), 1, pin, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("slot=1")
                .hasMessageContaining("--list-slots");
    }

    @Test
    void refused_when_the_key_is_anothers() throws IOException {
        PrivateKey key = key(P_256);
        Identity other = PKI.signing("OTHER");
        assertThatThrownBy(() -> new KeySigner(key, other.certificate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not belong to the certificate");
        assertThatThrownBy(() -> PrivateKeys.mustFit(key, other.certificate(), "chapar.trust.tls-key"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chapar.trust.tls-key");
    }

    @Test
    void refused_when_rsa_in_a_token_should_decrypt() throws IOException {
        PrivateKey key = key(RSA);
        assertThatThrownBy(() -> new DecryptionKey(key, RSA_ENCRYPTS.certificate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("P-256 or P-384");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pkcs11:object=nobody      | labelled nobody",
                "pkcs11:object=token-seal  | has not a private key",
                "pkcs11:object=            | must be a file or pkcs11:object=LABEL",
                "pkcs11:object=a;token=b   | must be a file or pkcs11:object=LABEL",
                "pkcs11:token=chapar       | must be a file or pkcs11:object=LABEL"
            })
    void refused_when_the_place_names_no_key(String place, String told) {
        PrivateKeys keys = keys();
        assertThatThrownBy(() -> keys.at(place, "chapar.trust.signing-key"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(told);
    }

    @Test
    void refused_when_a_key_in_a_token_is_named_and_there_is_none() {
        assertThatThrownBy(() -> new PrivateKeys(Optional.empty(), Optional.empty())
                        .at("pkcs11:object=a", "chapar.trust.tls-key"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chapar.trust.tls-key names a key in a token")
                .hasMessageContaining("chapar.token.library is empty");
    }
}
