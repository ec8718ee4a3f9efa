package io.chapar.trust;

import io.chapar.message.PartyCode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DevelopmentPkiTest {

    private static final PartyCode MH = new PartyCode("MH");
    private static final List<PartyCode> FEW = List.of(PartyCode.CHAPAR, MH, DevelopmentPki.WITH_RSA);

    @TempDir
    Path folder;

    @Test
    void makes_what_a_party_needs_and_it_is_trusted() throws Exception {
        DevelopmentPki.make(folder, FEW, TestPki.CLOCK);

        CertificatePaths paths = new CertificatePaths(
                PemFiles.certificates(folder.resolve("ca.cert.pem")),
                folder.resolve("ca.crl.pem"),
                Duration.ZERO,
                TestPki.CLOCK);
        for (PartyCode party : FEW) {
            Path own = folder.resolve(party.value());
            X509Certificate tls = PemFiles.certificate(own.resolve("tls.cert.pem"));
            X509Certificate sign = PemFiles.certificate(own.resolve("sign.cert.pem"));
            assertThat(paths.check(tls, Purpose.TLS_CLIENT)).isEqualTo(CertificateStatus.VALID);
            assertThat(paths.check(tls, Purpose.TLS_SERVER)).isEqualTo(CertificateStatus.VALID);
            assertThat(paths.check(sign, Purpose.SIGNATURE)).isEqualTo(CertificateStatus.VALID);
            assertThat(new KeySigner(PemFiles.privateKey(own.resolve("sign.key.pem")), sign).detachedJws(new byte[1]))
                    .contains("..");
            assertThat(tls.getSubjectAlternativeNames()).hasSize(3);
        }
        assertThat(PemFiles.certificate(folder.resolve("MLSPP/sign.cert.pem"))
                        .getPublicKey()
                        .getAlgorithm())
                .isEqualTo("RSA");
        assertThat(PemFiles.certificate(folder.resolve("tsa.cert.pem")).getExtendedKeyUsage())
                .containsExactly("1.3.6.1.5.5.7.3.8");
    }

    @Test
    void key_stores_open_with_the_password_that_the_documents_name() throws Exception {
        DevelopmentPki.make(folder, List.of(MH), TestPki.CLOCK);

        for (String name : List.of("tls", "sign", "encrypt")) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream stream = Files.newInputStream(folder.resolve("MH/" + name + ".p12"))) {
                store.load(stream, "chapar-dev".toCharArray());
            }
            assertThat(store.getCertificate(name))
                    .isEqualTo(PemFiles.certificate(folder.resolve("MH/" + name + ".cert.pem")));
        }
    }

    @Test
    void keys_are_their_owners_only() throws Exception {
        DevelopmentPki.make(folder, FEW, TestPki.CLOCK);

        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().matches(".*(key\\.pem|p12)")))
                    .hasSize(2 + 6 * FEW.size())
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_second_time_changes_nothing_and_adds_what_is_new() throws Exception {
        DevelopmentPki.make(folder, List.of(MH), TestPki.CLOCK);
        byte[] key = Files.readAllBytes(folder.resolve("MH/sign.key.pem"));
        byte[] authority = Files.readAllBytes(folder.resolve("ca.cert.pem"));
        byte[] list = Files.readAllBytes(folder.resolve("ca.crl.pem"));
        DevelopmentPki.make(folder, FEW, TestPki.CLOCK);

        assertThat(folder.resolve("MH/sign.key.pem")).hasBinaryContent(key);
        assertThat(folder.resolve("ca.cert.pem")).hasBinaryContent(authority);
        assertThat(folder.resolve("ca.crl.pem")).hasBinaryContent(list);
        assertThat(folder.resolve("CHAPAR/tls.cert.pem")).exists();
    }

    @Test
    void an_old_revocation_list_is_renewed_with_what_it_says() throws Exception {
        DevelopmentPki.make(folder, List.of(MH), TestPki.CLOCK);
        X509Certificate revoked = PemFiles.certificate(folder.resolve("MH/sign.cert.pem"));
        DevelopmentAuthority authority = DevelopmentAuthority.of(
                PemFiles.privateKey(folder.resolve("ca.key.pem")),
                PemFiles.certificate(folder.resolve("ca.cert.pem")),
                TestPki.CLOCK);
        Files.writeString(
                folder.resolve("ca.crl.pem"), DevelopmentAuthority.pem(authority.revocationList(List.of(revoked))));
        Clock later = Clock.offset(TestPki.CLOCK, Duration.ofDays(40));
        DevelopmentPki.make(folder, List.of(MH), later);

        CertificatePaths paths = new CertificatePaths(
                PemFiles.certificates(folder.resolve("ca.cert.pem")),
                folder.resolve("ca.crl.pem"),
                Duration.ZERO,
                later);
        assertThat(paths.check(revoked, Purpose.SIGNATURE)).isEqualTo(CertificateStatus.REVOKED);
        assertThat(paths.check(PemFiles.certificate(folder.resolve("MH/tls.cert.pem")), Purpose.TLS_CLIENT))
                .isEqualTo(CertificateStatus.VALID);
    }

    @Test
    void refused_when_the_parties_authority_is_gone() throws Exception {
        DevelopmentPki.make(folder, List.of(MH), TestPki.CLOCK);
        Files.delete(folder.resolve("ca.cert.pem"));

        assertThatThrownBy(() -> DevelopmentPki.make(folder, List.of(MH), TestPki.CLOCK))
                .hasMessageContaining("ca.cert.pem");
    }

    @Test
    void certificates_of_ones_own_are_left_alone() throws Exception {
        Files.writeString(folder.resolve("ca.cert.pem"), DevelopmentAuthority.pem(new TestPki("Own").authority()));
        DevelopmentPki.make(folder, List.of(MH), TestPki.CLOCK);

        assertThat(folder.resolve("MH")).doesNotExist();
    }
}
