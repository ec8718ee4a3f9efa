package io.chapar.trust;

import io.chapar.habits.Program;
import io.chapar.trust.TestPki.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class PrivateKeysTest {

    private static final String SETTING = "chapar.trust.signing-key";
    private static final String PASSWORD = "open sesame 71";
    private static final TestPki PKI = new TestPki("keys");
    private static final Identity OWN = PKI.signing("OWN");
    private static final Identity OTHER = PKI.signing("OTHER");
    private static final Identity RSA = PKI.signing("RSA", TestPki.rsa(2048));

    @TempDir
    Path folder;

    private PrivateKeys keys() throws IOException {
        return keys(PASSWORD + "\n");
    }

    private PrivateKeys keys(String password) throws IOException {
        return new PrivateKeys(Optional.empty(), Optional.of(Files.writeString(folder.resolve("password"), password)));
    }

    private Path store(String type, String password, Identity... identities) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        for (Identity each : identities) {
            store.setKeyEntry(
                    "own" + store.size(), each.keys().getPrivate(), password.toCharArray(), new Certificate[] {
                        each.certificate()
                    });
        }
        store.setCertificateEntry("authority", PKI.authority());
        return stored(store, password);
    }

    private Path stored(KeyStore store, String password) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("own.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    private String refused(PrivateKeys keys, Path file) {
        Throwable refused = catchThrowable(() -> keys.at(file.toString(), SETTING));
        assertThat(refused).isInstanceOf(IllegalStateException.class);
        String told = String.valueOf(refused.getMessage());
        assertThat(told).doesNotContain("sesame", "\n");
        return told;
    }

    /** As openssl writes it, its own encryption and that of older ones (RC2 and 3DES); and without a checksum. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-legacy", "-nomac", "-nocerts", "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES"})
    void a_file_that_openssl_wrote_is_read(String how) throws Exception {
        Path file = exported(how);

        PrivateKey key = keys().at(file.toString(), SETTING);

        assertThat(key.getEncoded()).isEqualTo(OWN.keys().getPrivate().getEncoded());
        PrivateKeys.mustFit(key, OWN.certificate(), SETTING);
    }

    @Test
    void refused_when_openssl_wrote_the_key_without_encryption() throws Exception {
        assertThat(refused(keys(), exported("-keypbe NONE -certpbe NONE")))
                .contains(SETTING, "holds no private key that is encrypted");
    }

    private Path exported(String how) throws Exception {
        Path program = Program.needed("openssl");
        Files.writeString(
                folder.resolve("key"),
                PemFiles.encode("PRIVATE KEY", OWN.keys().getPrivate().getEncoded()));
        Files.writeString(folder.resolve("certificate"), DevelopmentAuthority.pem(OWN.certificate()));
        Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        List<String> command = new ArrayList<>(List.of(program.toString(), "pkcs12", "-export"));
        command.addAll(Arrays.stream(how.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList());
        command.addAll(List.of("-inkey", "key", "-in", "certificate", "-passout", "file:password", "-out", "own.p12"));
        Process made = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(made.waitFor(1, TimeUnit.MINUTES) && made.exitValue() == 0)
                .as(Files.readString(folder.resolve("said")))
                .isTrue();
        return folder.resolve("own.p12");
    }

    @Test
    void the_development_files_are_read_and_fit_their_certificates() throws Exception {
        Path certificates = folder.resolve("certificates");
        TestCertificates.in(certificates);
        PrivateKeys keys = keys(DevelopmentPki.PASSWORD);
        for (String party : List.of("CHAPAR", DevelopmentPki.WITH_RSA.value())) {
            Path own = certificates.resolve(party);
            for (String use : List.of("sign", "tls")) {
                PrivateKeys.mustFit(
                        keys.at(own.resolve(use + ".p12").toString(), SETTING),
                        PemFiles.certificate(own.resolve(use + ".cert.pem")),
                        SETTING);
            }
            assertThat(new DecryptionKey(
                            keys.at(own.resolve("encrypt.p12").toString(), SETTING),
                            PemFiles.certificate(own.resolve("encrypt.cert.pem"))))
                    .isNotNull();
        }
    }

    @Test
    void refused_when_the_password_is_another() throws Exception {
        Path file = store("PKCS12", PASSWORD, OWN);
        assertThat(refused(keys("guessed"), file))
                .contains(SETTING, file.toString(), "chapar.trust.key-password-file", "correct the password");
    }

    @Test
    void refused_when_no_setting_says_where_the_password_is() throws Exception {
        PrivateKeys keys = new PrivateKeys(Optional.empty(), Optional.empty());
        assertThat(refused(keys, store("PKCS12", PASSWORD, OWN)))
                .contains(SETTING, "chapar.trust.key-password-file is empty");
    }

    @Test
    void refused_when_the_file_of_the_password_is_missing() throws Exception {
        PrivateKeys keys = new PrivateKeys(Optional.empty(), Optional.of(folder.resolve("nowhere")));
        assertThat(refused(keys, store("PKCS12", PASSWORD, OWN))).contains("nowhere", "cannot be read", "readable by");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "şifrə", "one\ntwo"})
    void refused_when_the_file_of_the_password_holds_none_that_java_takes(String password) throws Exception {
        assertThat(refused(keys(password), store("PKCS12", PASSWORD, OWN)))
                .contains("chapar.trust.key-password-file", "ASCII");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", "0\u0003\u0002\u0001\u0003"
            })
    void refused_when_it_is_no_pkcs12(String content) throws Exception {
        Path file = Files.writeString(folder.resolve("own.pfx"), content);
        assertThat(refused(keys(), file)).contains(SETTING, "is no PKCS#12 file", "openssl pkcs12 -export");
    }

    @Test
    void refused_when_it_is_a_store_of_javas_own() throws Exception {
        assertThat(refused(keys(), store("JKS", PASSWORD, OWN))).contains("is no PKCS#12 file");
    }

    @Test
    void refused_when_it_was_cut() throws Exception {
        Path file = store("PKCS12", PASSWORD, OWN);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(refused(keys(), file)).contains("is no PKCS#12 file");
    }

    @Test
    void refused_when_its_content_was_altered() throws Exception {
        Path file = store("PKCS12", PASSWORD, OWN);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(refused(keys(), file)).contains(SETTING, "bring a file that is not damaged");
    }

    @Test
    void refused_when_it_holds_no_key() throws Exception {
        assertThat(refused(keys(), store("PKCS12", PASSWORD))).contains("holds no private key", "exactly one");
    }

    @Test
    void refused_when_it_holds_two_keys() throws Exception {
        assertThat(refused(keys(), store("PKCS12", PASSWORD, OWN, OTHER)))
                .contains("holds more than one private key", "exactly one");
    }

    @Test
    void refused_when_its_key_is_of_no_kind_that_is_used() throws Exception {
        KeyPair other = KeyPairGenerator.getInstance("Ed448").generateKeyPair();
        assertThat(refused(keys(), store("PKCS12", PASSWORD, new Identity(other, OWN.certificate()))))
                .contains(SETTING, "neither RSA, EC nor Ed25519");
    }

    @Test
    void refused_when_it_is_not_there() throws Exception {
        PrivateKeys keys = keys();
        String nowhere = folder.resolve("nowhere.p12").toString();
        assertThatThrownBy(() -> keys.at(nowhere, SETTING)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refused_when_the_key_is_that_of_another_certificate() {
        for (Identity another : List.of(OTHER, RSA)) {
            assertThatThrownBy(() -> PrivateKeys.mustFit(OWN.keys().getPrivate(), another.certificate(), SETTING))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(SETTING + " is not the key of the certificate")
                    .hasMessageContaining("chapar.trust.signing-certificate");
        }
    }

    @Test
    void refused_when_a_pem_file_holds_an_encrypted_key() throws Exception {
        Path file = Files.writeString(
                folder.resolve("own.key.pem"), PemFiles.encode("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}));
        PrivateKeys keys = keys();
        assertThatThrownBy(() -> keys.at(file.toString(), SETTING))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(SETTING)
                .hasMessageContaining("PKCS#12");
    }
}
