package io.chapar.trust;

import java.security.cert.X509Certificate;
import java.time.Duration;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Answers of an authority's responder as a server staples them, for fuzzing to begin with. */
public record OcspSeeds(byte[] authority, byte[] certificate, byte[] good, byte[] revoked) {

    public static OcspSeeds make() throws Exception {
        OddAuthority authority = OddAuthority.root("OCSP");
        X509Certificate certificate = authority.leaf("CN=MH", OddAuthority.usage(KeyUsage.digitalSignature));
        byte[] request = question(authority, certificate);
        return new OcspSeeds(
                TimestampSeeds.pem(authority.certificate()),
                TimestampSeeds.pem(certificate),
                new OddAnswer(authority, certificate).withoutNonce().to(request),
                new OddAnswer(authority, certificate)
                        .saying(OddAnswer.REVOKED)
                        .withoutNonce()
                        .to(request));
    }

    static byte[] question(OddAuthority authority, X509Certificate certificate) {
        OcspAnswers answers = stapled();
        return answers.request(answers.question(certificate, authority.certificate()));
    }

    /** At the time of the seeds. */
    static OcspAnswers stapled() {
        return new OcspAnswers(
                new OcspSigners((certificate, issuer) -> CertificateStatus.UNDETERMINED),
                Duration.ofMinutes(5),
                TestPki.CLOCK);
    }
}
