package io.chapar.trust;

import io.chapar.trust.TestPki.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CertificatePathsTest {

    @TempDir
    Path folder;

    private final TestPki pki = new TestPki("Paths");
    private final SetClock now = new SetClock();
    private Path list;

    @BeforeEach
    void list() {
        list = pki.writeList(folder);
    }

    @Test
    void valid_for_its_purpose_only() {
        CertificatePaths paths = paths(Duration.ZERO);

        assertThat(paths.check(pki.signing("MH").certificate(), Purpose.SIGNATURE))
                .isEqualTo(CertificateStatus.VALID);
        assertThat(paths.check(pki.tls("MH").certificate(), Purpose.TLS_CLIENT)).isEqualTo(CertificateStatus.VALID);
        assertThat(paths.check(pki.tls("MH").certificate(), Purpose.TLS_SERVER)).isEqualTo(CertificateStatus.VALID);
        assertThat(paths.check(pki.tls("MH").certificate(), Purpose.SIGNATURE)).isEqualTo(CertificateStatus.UNTRUSTED);
    }

    @Test
    void untrusted_when_another_authority_of_the_same_name_issued_it() {
        TestPki stranger = new TestPki("Paths");

        assertThat(paths(Duration.ZERO).check(stranger.signing("MH").certificate(), Purpose.SIGNATURE))
                .isEqualTo(CertificateStatus.UNTRUSTED);
        assertThat(paths(Duration.ZERO).check(stranger.expired("MH").certificate(), Purpose.SIGNATURE))
                .isEqualTo(CertificateStatus.UNTRUSTED);
    }

    @Test
    void untrusted_when_it_is_an_authority_itself() {
        assertThat(paths(Duration.ZERO).check(pki.authority(), Purpose.SIGNATURE))
                .isEqualTo(CertificateStatus.UNTRUSTED);
    }

    @Test
    void expired_and_not_yet_valid() {
        CertificatePaths paths = paths(Duration.ZERO);

        assertThat(paths.check(pki.expired("MH").certificate(), Purpose.SIGNATURE))
                .isEqualTo(CertificateStatus.EXPIRED);
        assertThat(paths.check(pki.notYetValid("MH").certificate(), Purpose.SIGNATURE))
                .isEqualTo(CertificateStatus.EXPIRED);
    }

    @Test
    void expires_while_the_answer_is_kept() {
        Identity identity = pki.signing("MH");
        CertificatePaths paths = paths(Duration.ofDays(10_000));
        now.set(identity.certificate().getNotAfter().toInstant().minusSeconds(2));
        assertThat(paths.check(identity.certificate(), Purpose.SIGNATURE)).isEqualTo(CertificateStatus.VALID);
        now.set(identity.certificate().getNotAfter().toInstant().plusSeconds(1));

        assertThat(paths.check(identity.certificate(), Purpose.SIGNATURE)).isEqualTo(CertificateStatus.EXPIRED);
    }

    @Test
    void revoked_as_soon_as_the_list_changes() throws Exception {
        Identity identity = pki.signing("MH");
        CertificatePaths paths = paths(Duration.ZERO);
        assertThat(paths.check(identity.certificate(), Purpose.SIGNATURE)).isEqualTo(CertificateStatus.VALID);
        pki.revoke(identity);
        pki.writeList(folder);
        Files.setLastModifiedTime(list, FileTime.from(TestPki.NOW.plusSeconds(99)));
        now.set(now.instant().plusSeconds(2));

        assertThat(paths.check(identity.certificate(), Purpose.SIGNATURE)).isEqualTo(CertificateStatus.REVOKED);
    }

    @Test
    void undetermined_without_a_list() throws Exception {
        Files.delete(list);

        assertThat(paths(Duration.ZERO).check(pki.signing("MH").certificate(), Purpose.SIGNATURE))
                .isEqualTo(CertificateStatus.UNDETERMINED);
    }

    @Test
    void undetermined_when_another_signed_the_list() {
        new TestPki("Paths").writeList(folder);

        assertThat(paths(Duration.ZERO).check(pki.signing("MH").certificate(), Purpose.SIGNATURE))
                .isEqualTo(CertificateStatus.UNDETERMINED);
    }

    @Test
    void undetermined_when_the_list_is_too_old_and_its_grace_is_over() {
        Identity identity = pki.signing("MH");
        now.set(TestPki.NOW.plus(Duration.ofDays(31)));

        assertThat(paths(Duration.ZERO).check(identity.certificate(), Purpose.SIGNATURE))
                .isEqualTo(CertificateStatus.UNDETERMINED);
        assertThat(paths(Duration.ofDays(2)).check(identity.certificate(), Purpose.SIGNATURE))
                .isEqualTo(CertificateStatus.VALID);
    }

    @Test
    void undetermined_when_the_list_lapses_while_the_answer_is_kept() throws Exception {
        Identity identity = pki.signing("MH");
        Duration grace = Duration.ofDays(2);
        CertificatePaths paths = paths(grace);
        Instant lapse = PemFiles.revocationLists(list)
                .get(0)
                .getNextUpdate()
                .toInstant()
                .plus(grace);
        now.set(lapse.minusSeconds(2));
        assertThat(paths.check(identity.certificate(), Purpose.SIGNATURE)).isEqualTo(CertificateStatus.VALID);
        now.set(lapse);

        assertThat(paths.check(identity.certificate(), Purpose.SIGNATURE)).isEqualTo(CertificateStatus.UNDETERMINED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broken",
                "",
                "-----BEGIN X509 CRL-----\nAAAAA\n-----END X509 CRL-----\n",
                "-----BEGIN X509 CRL-----\n====\n-----END X509 CRL-----\n",
                "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n"
            })
    void a_broken_file_leaves_the_list_before_it_in_force(String broken) throws Exception {
        Identity identity = pki.signing("MH");
        pki.revoke(identity);
        pki.writeList(folder);
        CertificatePaths paths = paths(Duration.ZERO);
        assertThat(paths.check(identity.certificate(), Purpose.SIGNATURE)).isEqualTo(CertificateStatus.REVOKED);
        Files.writeString(list, broken);
        now.set(now.instant().plusSeconds(60));

        assertThat(paths.check(identity.certificate(), Purpose.SIGNATURE)).isEqualTo(CertificateStatus.REVOKED);
    }

    @Test
    void a_broken_file_is_told_until_it_is_mended() throws Exception {
        pki.writeList(folder);
        String sound = Files.readString(list);
        Revocation revocation = Revocation.byLists(list, Duration.ZERO, now.withZone(ZoneOffset.UTC));
        assertThat(revocation.listsRefused()).isFalse();

        Files.writeString(list, "broken");
        now.set(now.instant().plusSeconds(2));
        assertThat(revocation.listsRefused()).isTrue();
        assertThat(revocation.listsDue())
                .hasValueSatisfying(due -> assertThat(due).isAfter(now.instant()));
        Files.delete(list);
        now.set(now.instant().plusSeconds(2));
        assertThat(revocation.listsRefused()).isTrue();

        Files.writeString(list, sound);
        now.set(now.instant().plusSeconds(2));
        assertThat(revocation.listsRefused()).isFalse();
    }

    @Test
    void refused_to_start_without_an_anchor() {
        assertThatThrownBy(() -> new CertificatePaths(List.of(), list, Duration.ZERO, TestPki.CLOCK))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private CertificatePaths paths(Duration grace) {
        return new CertificatePaths(List.of(pki.authority()), list, grace, now.withZone(ZoneOffset.UTC));
    }
}
