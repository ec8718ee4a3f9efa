package io.chapar.verify;

import io.chapar.authenticate.Authenticate;
import io.chapar.message.Digest;
import io.chapar.message.FewParties;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.BatchSignatures;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.CertificatesByThumbprint;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.SignatureRefused;
import io.chapar.trust.TestPki;
import io.chapar.trust.TestPki.Identity;
import io.chapar.trust.XmlSignatures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The stages authenticate and verify, one after the other as on the straight way. */
class VerifyTest {

    private static final byte[] JSON = "{\"header\":{}}".getBytes(UTF_8);
    private static final byte[] XML = "<a xmlns=\"urn:a\"><header></header></a>".getBytes(UTF_8);

    @TempDir
    Path folder;

    private final TestPki pki = new TestPki("Stages");
    private final TestPki strangers = new TestPki("Strangers");
    private final Identity tls = pki.tls("MH");
    private final Identity oldTls = pki.expiredTls("MH");
    private final Identity lostTls = pki.tls("MH");
    private final Identity sign = pki.signing("MH");
    private final Identity oldSign = pki.expired("MH");
    private final Identity earlySign = pki.notYetValid("MH");
    private final Identity lostSign = pki.signing("MH");
    private final Identity otherTls = pki.tls("MJ");
    private final Identity otherSign = pki.signing("MJ");
    private final FewParties directory = new FewParties(List.of(
            party("MH", List.of(tls, oldTls, lostTls), List.of(sign, oldSign, earlySign, lostSign)),
            party("MJ", List.of(otherTls), List.of(otherSign))));

    private Path list = Path.of("");
    private Authenticate authenticate = new Authenticate(directory, pathsWithoutList());
    private BatchSignatures batches = new BatchSignatures(new JsonSignatures(new CertificatesByThumbprint(directory)));
    private Verify verify = verify(pathsWithoutList());

    @BeforeEach
    void stages() {
        pki.revoke(lostTls);
        pki.revoke(lostSign);
        list = pki.writeList(folder);
        authenticate = new Authenticate(directory, pki.paths(folder));
        verify = verify(pki.paths(folder));
    }

    @Test
    void verified_in_all_three_forms() throws Exception {
        byte[] xml = sign.signer().xml(XML);
        byte[] envelope = sign.signer().envelope(XML, false);

        Passage.Verified json =
                pass(Passage.Door.REST, Format.JSON, JSON, sign.signer().detachedJws(JSON));
        Passage.Verified enveloped = pass(Passage.Door.REST, Format.XML, xml, null);
        Passage.Verified soap = pass(Passage.Door.SOAP, Format.XML, envelope, null);

        assertThat(json.xml()).isEmpty();
        assertThat(json.contentDigest()).isEqualTo(Digest.of(JSON));
        assertThat(json.authenticated().party().code()).isEqualTo(new PartyCode("MH"));
        assertThat(enveloped.contentDigest()).isEqualTo(Digest.of(XML)).isEqualTo(soap.contentDigest());
        assertThat(enveloped.bytesDigest()).isEqualTo(Digest.of(xml));
        assertThat(soap.bytesDigest()).isEqualTo(Digest.of(envelope));
        assertThat(soap.root().orElseThrow().getLocalName()).isEqualTo("a");
    }

    @Test
    void refused_by_the_connection() throws Exception {
        refused(ProblemCode.NO_CERTIFICATE, () -> authenticate.apply(accepted(List.of())));
        refused(ProblemCode.UNKNOWN_CERTIFICATE, () -> connect(strangers.tls("MH")));
        refused(ProblemCode.UNKNOWN_CERTIFICATE, () -> connect(pki.tls("MH")));
        refused(ProblemCode.UNKNOWN_CERTIFICATE, () -> connect(sign));
        refused(ProblemCode.CERTIFICATE_EXPIRED, () -> connect(oldTls));
        refused(ProblemCode.CERTIFICATE_REVOKED, () -> connect(lostTls));
        Files.delete(list);
        authenticate = new Authenticate(directory, pki(folder));
        refused(ProblemCode.NOT_DURABLE, () -> connect(tls));
    }

    @Test
    void told_when_a_certificate_is_valid_that_is_so_no_more_or_not_yet() {
        assertThatThrownBy(() -> connect(oldTls))
                .hasMessageContaining("valid from 2026-10-24T10:00:00Z to 2026-11-22T10:00:00Z only");
        assertThatThrownBy(() -> passJson(oldSign))
                .hasMessageContaining("valid from 2026-10-24T10:00:00Z to 2026-11-22T10:00:00Z only");
        assertThatThrownBy(() -> passJson(earlySign))
                .hasMessageContaining("valid from 2026-11-24T10:00:00Z to 2026-11-25T10:00:00Z only");
    }

    @Test
    void refused_by_the_signer() {
        refused(ProblemCode.SIGNER_MISMATCH, () -> passJson(otherSign));
        refused(ProblemCode.SIGNATURE_INVALID, () -> passJson(strangers.signing("MH")));
        refused(ProblemCode.SIGNATURE_INVALID, () -> passJson(pki.signing("MH")));
        refused(ProblemCode.SIGNATURE_INVALID, () -> passJson(tls));
        refused(ProblemCode.CERTIFICATE_EXPIRED, () -> passJson(oldSign));
        refused(ProblemCode.CERTIFICATE_EXPIRED, () -> passJson(earlySign));
        refused(ProblemCode.CERTIFICATE_REVOKED, () -> passJson(lostSign));
    }

    @Test
    void refused_by_the_signature() {
        byte[] envelope = sign.signer().envelope(XML, true);
        byte[] twice = new String(sign.signer().xml(XML), UTF_8)
                .replaceFirst("(<ds:Signature .*</ds:Signature>)", "$1$1")
                .getBytes(UTF_8);

        refused(ProblemCode.SIGNATURE_MISSING, () -> pass(Passage.Door.REST, Format.JSON, JSON, null));
        refused(ProblemCode.SIGNATURE_MISSING, () -> pass(Passage.Door.REST, Format.XML, XML, null));
        refused(ProblemCode.SIGNATURE_INVALID, () -> pass(Passage.Door.REST, Format.JSON, JSON, "a.b.c"));
        refused(
                ProblemCode.SIGNATURE_INVALID,
                () -> pass(
                        Passage.Door.REST,
                        Format.JSON,
                        "{}".getBytes(UTF_8),
                        sign.signer().detachedJws(JSON)));
        refused(ProblemCode.SIGNATURE_INCOMPLETE, () -> pass(Passage.Door.REST, Format.XML, twice, null));
        refused(ProblemCode.SIGNATURE_INCOMPLETE, () -> pass(Passage.Door.REST, Format.XML, envelope, null));
        refused(ProblemCode.MALFORMED, () -> pass(Passage.Door.REST, Format.XML, JSON, null));
        refused(
                ProblemCode.MALFORMED,
                () -> pass(Passage.Door.SOAP, Format.XML, sign.signer().xml(XML), null));
    }

    @Test
    void verified_under_the_signature_of_its_batch() throws Exception {
        byte[] batch = concat(JSON, XML);
        String jws = sign.signer().detachedJws(batch);
        try (BatchSignatures.Covered covered = read(batch, jws, JSON, XML)) {
            assertThat(covered).isNotNull();
            Passage.Verified json = pass(Passage.Door.BATCH, Format.JSON, JSON, jws);
            Passage.Verified xml = pass(Passage.Door.BATCH, Format.XML, XML, jws);

            assertThat(json.contentDigest()).isEqualTo(Digest.of(JSON));
            assertThat(json.signer()).isEqualTo(sign.certificate());
            assertThat(xml.contentDigest()).isEqualTo(Digest.of(XML));
            byte[] other = "{\"header\":{ }}".getBytes(UTF_8);
            refused(ProblemCode.SIGNATURE_INVALID, () -> pass(Passage.Door.BATCH, Format.JSON, other, jws));
            refused(ProblemCode.SIGNATURE_INVALID, () -> pass(Passage.Door.REST, Format.JSON, JSON, jws));
            refused(ProblemCode.SIGNATURE_MISSING, () -> pass(Passage.Door.REST, Format.XML, XML, jws));
        }
        refused(ProblemCode.SIGNATURE_INVALID, () -> pass(Passage.Door.BATCH, Format.JSON, JSON, jws));
        refused(ProblemCode.SIGNATURE_MISSING, () -> pass(Passage.Door.BATCH, Format.XML, XML, jws));
    }

    @Test
    void refused_under_the_batch_of_another() throws Exception {
        String jws = otherSign.signer().detachedJws(JSON);
        try (BatchSignatures.Covered covered = read(JSON, jws, JSON)) {
            assertThat(covered).isNotNull();
            refused(ProblemCode.SIGNER_MISMATCH, () -> pass(Passage.Door.BATCH, Format.JSON, JSON, jws));
        }
        byte[] signed = sign.signer().xml(XML);
        String whole = sign.signer().detachedJws(signed);
        try (BatchSignatures.Covered covered = read(signed, whole, signed)) {
            assertThat(covered).isNotNull();
            refused(ProblemCode.SIGNATURE_INCOMPLETE, () -> pass(Passage.Door.BATCH, Format.XML, signed, whole));
        }
        assertThatThrownBy(() -> read(JSON, sign.signer().detachedJws(XML), JSON))
                .isInstanceOf(SignatureRefused.class);
    }

    private BatchSignatures.Covered read(byte[] batch, String jws, byte[]... messages) throws SignatureRefused {
        BatchSignatures.Reading reading = batches.read(jws);
        for (byte one : batch) {
            reading.bytes(new byte[] {one}, 0, 1);
        }
        for (byte[] message : messages) {
            reading.message(message);
        }
        return reading.finish();
    }

    private static byte[] concat(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }

    private Passage.Verified passJson(Identity signer) throws Refusal {
        return pass(Passage.Door.REST, Format.JSON, JSON, signer.signer().detachedJws(JSON));
    }

    private Passage.Verified pass(Passage.Door door, Format format, byte[] body, @Nullable String jws) throws Refusal {
        return verify.apply(authenticate.apply(accepted(door, format, body, jws, List.of(tls.certificate()))));
    }

    private Passage.Authenticated connect(Identity identity) throws Refusal {
        return authenticate.apply(accepted(List.of(identity.certificate())));
    }

    private static Passage.Accepted accepted(List<X509Certificate> chain) {
        return accepted(Passage.Door.REST, Format.JSON, JSON, null, chain);
    }

    private static Passage.Accepted accepted(
            Passage.Door door, Format format, byte[] body, @Nullable String jws, List<X509Certificate> chain) {
        Optional<String> signature = Optional.ofNullable(jws);
        return new Passage.Accepted(
                new Passage.Arrived(
                        door, "a", format.mediaType(), body, signature, chain, format, false, TestPki.NOW, "trace"),
                format,
                body,
                signature,
                List.of());
    }

    private static void refused(ProblemCode code, ThrowingCallable passing) {
        assertThatThrownBy(passing)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(code));
    }

    private Verify verify(CertificatePaths paths) {
        JsonSignatures json = new JsonSignatures(new CertificatesByThumbprint(directory));
        batches = new BatchSignatures(json);
        return new Verify(
                directory,
                paths,
                new XmlSignatures(),
                new EnvelopeSignatures(TestPki.CLOCK, Duration.ofMinutes(5)),
                json,
                batches);
    }

    private CertificatePaths pathsWithoutList() {
        return pki(Path.of("nowhere"));
    }

    private CertificatePaths pki(Path place) {
        return new CertificatePaths(List.of(pki.authority()), place.resolve("none"), Duration.ZERO, TestPki.CLOCK);
    }

    static Party party(String code, List<Identity> tls, List<Identity> signing) {
        return new Party(
                new PartyCode(code),
                code,
                Set.of(),
                tls.stream().map(Identity::certificate).toList(),
                signing.stream().map(Identity::certificate).toList(),
                Party.Channel.MAILBOX,
                Optional.empty(),
                Optional.empty(),
                true);
    }
}
