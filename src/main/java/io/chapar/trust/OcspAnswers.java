package io.chapar.trust;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * OCSP (RFC 6960): what is asked of an authority's responder, and what an answer must be to be believed. An answer to a
 * question bears the question's nonce, so none that was made before counts; one that a server staples bears none.
 */
final class OcspAnswers {

    /** RFC 9654, section 2.1. */
    private static final int NONCE_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final OcspSigners signers;
    private final Duration skew;
    private final Clock clock;

    /** One question about one certificate. */
    record Question(X509Certificate certificate, X509Certificate issuer, byte[] nonce, Instant at) {}

    /** @param skew by how much an authority's clock may differ from ours */
    OcspAnswers(OcspSigners signers, Duration skew, Clock clock) {
        this.signers = signers;
        this.skew = skew;
        this.clock = clock;
    }

    Question question(X509Certificate certificate, X509Certificate issuer) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return new Question(certificate, issuer, nonce, clock.instant());
    }

    byte[] request(Question question) {
        try {
            Extension nonce = new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, value(question));
            return new OCSPReqBuilder()
                    .addRequest(id(question.certificate(), question.issuer()))
                    .setRequestExtensions(new Extensions(nonce))
                    .build()
                    .getEncoded();
        } catch (OCSPException | IOException e) {
            throw new IllegalStateException("a question about a certificate cannot be written", e);
        }
    }

    /** The answer to this question, if all about it is right, now. */
    OcspAnswer accept(Question question, byte[] response) throws OcspRefused {
        return read(response, question.certificate(), question.issuer(), Optional.of(question));
    }

    /** What came with the certificate itself, made at any time for anybody, if all about it is right, now. */
    OcspAnswer stapled(X509Certificate certificate, X509Certificate issuer, byte[] response) throws OcspRefused {
        return read(response, certificate, issuer, Optional.empty());
    }

    private OcspAnswer read(
            byte[] response, X509Certificate certificate, X509Certificate issuer, Optional<Question> question)
            throws OcspRefused {
        try {
            BasicOCSPResp answer = successful(response);
            require(signers.signed(answer, issuer, clock.instant()), "its signer may not speak for the authority");
            if (question.isPresent()) {
                Extension nonce = answer.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
                require(
                        nonce != null && Arrays.equals(nonce.getExtnValue().getOctets(), value(question.get())),
                        "it does not bear the nonce of the question");
            }
            require(
                    Set.of(OCSPObjectIdentifiers.id_pkix_ocsp_nonce).containsAll(answer.getCriticalExtensionOIDs()),
                    "it has something critical that is unknown");
            SingleResp said = about(certificate, issuer, answer);
            require(said.getCriticalExtensionOIDs().isEmpty(), "it has something critical that is unknown");
            return inTime(said, answer.getProducedAt().toInstant(), question.map(Question::at));
        } catch (IOException | OCSPException | RuntimeException e) {
            // What is not ASN.1 of this shape ends in exceptions of many kinds.
            throw new OcspRefused("the answer cannot be read", e);
        }
    }

    private static BasicOCSPResp successful(byte[] response) throws OcspRefused, IOException, OCSPException {
        OCSPResp whole = new OCSPResp(OCSPResponse.getInstance(ASN1Primitive.fromByteArray(response)));
        require(whole.getStatus() == OCSPResp.SUCCESSFUL, "the responder gave none: status " + whole.getStatus());
        if (whole.getResponseObject() instanceof BasicOCSPResp basic) {
            return basic;
        }
        throw new OcspRefused("the answer is of another type than id-pkix-ocsp-basic");
    }

    private static SingleResp about(X509Certificate certificate, X509Certificate issuer, BasicOCSPResp answer)
            throws OcspRefused {
        CertificateID asked = id(certificate, issuer);
        List<SingleResp> about = Arrays.stream(answer.getResponses())
                .filter(one -> isSame(one.getCertID(), asked))
                .toList();
        require(about.size() == 1, "it says " + about.size() + " times how the certificate stands, and must once");
        return about.get(0);
    }

    /** Parameters of the digest, absent or null, make no difference. */
    private static boolean isSame(CertificateID one, CertificateID other) {
        return one.getHashAlgOID().equals(other.getHashAlgOID())
                && Arrays.equals(one.getIssuerNameHash(), other.getIssuerNameHash())
                && Arrays.equals(one.getIssuerKeyHash(), other.getIssuerKeyHash())
                && one.getSerialNumber().equals(other.getSerialNumber());
    }

    private OcspAnswer inTime(SingleResp said, Instant made, Optional<Instant> asked) throws OcspRefused {
        Instant now = clock.instant();
        Date next = said.getNextUpdate();
        if (next == null) {
            throw new OcspRefused("it does not say when the next one is due");
        }
        Instant from = said.getThisUpdate().toInstant();
        require(!made.isAfter(now.plus(skew)) && !from.isAfter(now.plus(skew)), "it is of the future");
        require(!next.toInstant().isBefore(now.minus(skew)), "its next one is overdue");
        require(asked.isEmpty() || !made.isBefore(asked.get().minus(skew)), "it was made before it was asked for");
        return new OcspAnswer(status(said), from, next.toInstant());
    }

    private static CertificateStatus status(SingleResp said) {
        if (said.getCertStatus() == org.bouncycastle.cert.ocsp.CertificateStatus.GOOD) {
            return CertificateStatus.VALID;
        }
        return said.getCertStatus() instanceof RevokedStatus ? CertificateStatus.REVOKED : CertificateStatus.UNTRUSTED;
    }

    private static byte[] value(Question question) throws IOException {
        return new DEROctetString(question.nonce()).getEncoded();
    }

    /** By SHA-1, the one digest that every responder knows: it names a certificate whose issuer is known, and proves nothing. */
    private static CertificateID id(X509Certificate certificate, X509Certificate issuer) {
        try {
            return new CertificateID(sha1(), OcspSigners.holder(issuer), certificate.getSerialNumber());
        } catch (OCSPException e) {
            throw new IllegalStateException("a certificate cannot be named", e);
        }
    }

    static DigestCalculator sha1() {
        try {
            return new JcaDigestCalculatorProviderBuilder()
                    .setProvider(SignatureAlgorithm.BOUNCY_CASTLE)
                    .build()
                    .get(CertificateID.HASH_SHA1);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("Bouncy Castle has SHA-1", e);
        }
    }

    private static void require(boolean holds, String otherwise) throws OcspRefused {
        if (!holds) {
            throw new OcspRefused(otherwise);
        }
    }
}
