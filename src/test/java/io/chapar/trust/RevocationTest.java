package io.chapar.trust;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.chapar.trust.CertificateStatus.REVOKED;
import static io.chapar.trust.CertificateStatus.UNDETERMINED;
import static io.chapar.trust.CertificateStatus.UNTRUSTED;
import static io.chapar.trust.CertificateStatus.VALID;
import static org.assertj.core.api.Assertions.assertThat;

/** Which of list and responder counts, when both are there or one is missing. */
class RevocationTest {

    private static final Extension SIGNER = OddAuthority.usage(KeyUsage.digitalSignature);
    private static final OddAuthority ROOT = OddAuthority.root("Root");
    private static final X509Certificate CERTIFICATE = ROOT.leaf("CN=MH", SIGNER);

    @TempDir
    Path folder;

    private final SetClock now = new SetClock();
    private final Clock clock = now.withZone(ZoneOffset.UTC);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile @Nullable CertificateStatus said = OddAnswer.GOOD;
    private volatile boolean down;
    private Path list;
    private Revocation revocation;

    @BeforeEach
    void lists() throws IOException {
        list = folder.resolve("list.pem");
        writeList(false);
        revocation = revocation(Optional.of(list), true);
    }

    @AfterEach
    void closes() {
        revocation.close();
    }

    private void writeList(boolean revoked) throws IOException {
        Files.writeString(
                list,
                DevelopmentAuthority.pem(ROOT.list(content -> revoked
                        ? content.addCRLEntry(CERTIFICATE.getSerialNumber(), Date.from(TestPki.NOW), 1)
                        : content)));
    }

    private Revocation revocation(Optional<Path> lists, boolean withResponder) {
        return Revocation.asking(
                lists,
                withResponder ? Map.of(ROOT.certificate(), this::answer) : Map.of(),
                new OcspTimes(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ZERO),
                Duration.ofMinutes(5),
                clock);
    }

    private byte[] answer(byte[] request) throws IOException {
        asked.incrementAndGet();
        if (down) {
            throw new IOException("down");
        }
        return right().to(request);
    }

    private OddAnswer right() {
        return new OddAnswer(ROOT, CERTIFICATE)
                .saying(said)
                .made(now.instant())
                .from(now.instant())
                .until(now.instant().plus(Duration.ofHours(1)));
    }

    private io.chapar.trust.CertificateStatus check(X509Certificate certificate) {
        return new CertificatePaths(List.of(ROOT.certificate()), revocation, clock)
                .check(certificate, Purpose.SIGNATURE);
    }

    @Test
    void valid_when_both_say_so() {
        assertThat(check(CERTIFICATE)).isEqualTo(VALID);
        assertThat(asked).hasValue(1);
    }

    @Test
    void revoked_when_only_the_responder_says_so() {
        said = OddAnswer.REVOKED;

        assertThat(check(CERTIFICATE)).isEqualTo(REVOKED);
    }

    @Test
    void revoked_when_only_the_list_says_so() throws Exception {
        writeList(true);

        assertThat(check(CERTIFICATE)).isEqualTo(REVOKED);
    }

    @Test
    void untrusted_when_the_responder_does_not_know_it_whatever_the_list_says() {
        said = OddAnswer.UNKNOWN;

        assertThat(check(CERTIFICATE)).isEqualTo(UNTRUSTED);
    }

    @Test
    void valid_by_the_list_while_the_responder_is_down() {
        down = true;

        assertThat(check(CERTIFICATE)).isEqualTo(VALID);
    }

    @Test
    void valid_by_the_responder_when_no_list_is_current() throws Exception {
        Files.delete(list);

        assertThat(check(CERTIFICATE)).isEqualTo(VALID);
    }

    @Test
    void undetermined_when_neither_says_anything() throws Exception {
        Files.delete(list);
        down = true;

        assertThat(check(CERTIFICATE)).isEqualTo(UNDETERMINED);
    }

    @Test
    void undetermined_when_there_is_no_list_and_nobody_is_named_for_its_issuer() {
        revocation = revocation(Optional.empty(), false);

        assertThat(check(CERTIFICATE)).isEqualTo(UNDETERMINED);
    }

    @Test
    void nobody_is_asked_about_a_certificate_that_leads_to_no_anchor() {
        assertThat(check(OddAuthority.root("Root").leaf("CN=MH", SIGNER))).isEqualTo(UNTRUSTED);
        assertThat(asked).hasValue(0);
    }

    @Test
    void revoked_at_once_when_the_responder_says_so_though_a_status_was_kept() {
        CertificatePaths paths = new CertificatePaths(List.of(ROOT.certificate()), revocation, clock);
        now.set(TestPki.NOW.plus(Duration.ofMinutes(5)).minusSeconds(1));
        assertThat(paths.check(CERTIFICATE, Purpose.SIGNATURE)).isEqualTo(VALID);
        said = OddAnswer.REVOKED;
        now.goOn(Duration.ofMinutes(5));
        // asks in the background, and may still be told what was known
        paths.check(CERTIFICATE, Purpose.SIGNATURE);

        Awaitility.await().until(() -> paths.check(CERTIFICATE, Purpose.SIGNATURE) == REVOKED);
    }

    @Test
    void the_address_in_a_certificate_is_not_called() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer bait = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bait.createContext("/", call -> {
            calls.incrementAndGet();
            call.sendResponseHeaders(404, -1);
            call.close();
        });
        bait.start();
        try {
            X509Certificate tempting =
                    ROOT.leaf("CN=MH", SIGNER, tempting(bait.getAddress().getPort()));
            revocation = revocation(Optional.empty(), false);

            assertThat(check(tempting)).isEqualTo(UNDETERMINED);
            assertThat(calls).hasValue(0);
        } finally {
            bait.stop(0);
        }
    }

    private static Extension tempting(int port) throws IOException {
        return new Extension(
                Extension.authorityInfoAccess,
                false,
                new AuthorityInformationAccess(
                                AccessDescription.id_ad_ocsp,
                                new GeneralName(
                                        GeneralName.uniformResourceIdentifier, "http://127.0.0.1:" + port + "/ocsp"))
                        .getEncoded());
    }

    @Test
    void a_stapled_answer_makes_it_known_and_cannot_undo_what_others_say() throws Exception {
        byte[] request = OcspSeeds.question(ROOT, CERTIFICATE);
        byte[] good = right().withoutNonce().to(request);
        byte[] revoked = right().saying(OddAnswer.REVOKED).withoutNonce().to(request);
        Revocation alone = revocation(Optional.empty(), false);

        assertThat(alone.statusOf(CERTIFICATE, ROOT.certificate(), Optional.of(good)))
                .isEqualTo(VALID);
        assertThat(alone.statusOf(CERTIFICATE, ROOT.certificate(), Optional.of(revoked)))
                .isEqualTo(REVOKED);
        assertThat(revocation.statusOf(CERTIFICATE, ROOT.certificate(), Optional.of(revoked)))
                .isEqualTo(REVOKED);
        assertThat(revocation.statusOf(CERTIFICATE, ROOT.certificate(), Optional.of(OddAnswer.altered(good))))
                .isEqualTo(UNDETERMINED);
        said = OddAnswer.REVOKED;
        Revocation other = revocation(Optional.of(list), true);
        assertThat(other.statusOf(CERTIFICATE, ROOT.certificate(), Optional.of(good)))
                .isEqualTo(REVOKED);
        assertThat(other.statusOf(CERTIFICATE, ROOT.certificate(), Optional.of(OddAnswer.altered(good))))
                .isEqualTo(REVOKED);
    }

    @Test
    void lists_are_due_when_the_first_authoritys_newest_one_is() throws IOException {
        Instant due = TestPki.NOW.plus(Duration.ofDays(30));
        assertThat(revocation.listsDue()).contains(due);

        OddAuthority other = OddAuthority.root("Other");
        String earlier = DevelopmentAuthority.pem(
                other.list(content -> content.setNextUpdate(Date.from(TestPki.NOW.plus(Duration.ofDays(1))))));
        String renewed = DevelopmentAuthority.pem(
                other.list(content -> content.setNextUpdate(Date.from(TestPki.NOW.plus(Duration.ofDays(60))))));
        Files.writeString(list, Files.readString(list) + earlier);
        assertThat(revocation(Optional.of(list), false).listsDue()).contains(TestPki.NOW.plus(Duration.ofDays(1)));
        Files.writeString(list, Files.readString(list) + renewed);
        assertThat(revocation(Optional.of(list), false).listsDue()).contains(due);
    }

    @Test
    void lists_are_overdue_when_none_can_be_read_and_never_when_there_are_to_be_none() {
        assertThat(revocation(Optional.of(folder.resolve("gone.pem")), false).listsDue())
                .contains(Instant.EPOCH);
        assertThat(revocation(Optional.empty(), true).listsDue()).isEmpty();
    }
}
