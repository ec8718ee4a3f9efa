package io.chapar.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * Who may say how a certificate stands (RFC 6960, section 4.2.2.2): its issuer itself, or whom this very issuer certified
 * for nothing but that. Nobody else, whatever authority it belongs to.
 */
final class OcspSigners {

    private static final String SIGNS_ANSWERS = "1.3.6.1.5.5.7.3.9";

    /** Its issuer vouches for it as long as it is valid (RFC 6960, section 4.2.2.2.1). */
    private static final String NO_CHECK = "1.3.6.1.5.5.7.48.1.5";

    private static final Set<ASN1ObjectIdentifier> ALGORITHMS = Set.of(
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            PKCSObjectIdentifiers.sha512WithRSAEncryption,
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512,
            EdECObjectIdentifiers.id_Ed25519);

    private final BiFunction<X509Certificate, X509Certificate, CertificateStatus> lists;

    /** @param lists what revocation lists say of a certificate and its issuer */
    OcspSigners(BiFunction<X509Certificate, X509Certificate, CertificateStatus> lists) {
        this.lists = lists;
    }

    /** Whether somebody signed this who may speak for the issuer, now. */
    boolean signed(BasicOCSPResp answer, X509Certificate issuer, Instant now) throws OCSPException {
        if (!ALGORITHMS.contains(answer.getSignatureAlgOID())) {
            return false;
        }
        Optional<X509Certificate> signer = names(answer.getResponderId(), holder(issuer))
                ? Optional.of(issuer)
                : delegate(answer).filter(one -> maySpeak(one, issuer, now));
        return signer.isPresent() && isSignedBy(answer, signer.get());
    }

    /** The certificate that the answer names and brings along. */
    private static Optional<X509Certificate> delegate(BasicOCSPResp answer) {
        List<X509CertificateHolder> named = Arrays.stream(answer.getCerts())
                .filter(one -> names(answer.getResponderId(), one))
                .toList();
        if (named.size() != 1) {
            return Optional.empty();
        }
        try {
            KeyObjects.Known known =
                    KeyObjects.of(named.get(0).toASN1Structure().getEncoded());
            return known.algorithms().isEmpty() ? Optional.empty() : Optional.of(known.certificate());
        } catch (IOException | CertificateException e) {
            return Optional.empty();
        }
    }

    private boolean maySpeak(X509Certificate delegate, X509Certificate issuer, Instant now) {
        try {
            List<String> purposes = delegate.getExtendedKeyUsage();
            delegate.checkValidity(Date.from(now));
            delegate.verify(issuer.getPublicKey());
            return delegate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                    && purposes != null
                    && purposes.contains(SIGNS_ANSWERS)
                    && delegate.getBasicConstraints() < 0
                    && (delegate.getKeyUsage() == null || delegate.getKeyUsage()[0])
                    && !CertificatePaths.isWeaklySigned(delegate)
                    && !delegate.hasUnsupportedCriticalExtension()
                    && isNotRevoked(delegate, issuer);
        } catch (GeneralSecurityException e) {
            // out of time, or of another authority
            return false;
        }
    }

    private boolean isNotRevoked(X509Certificate delegate, X509Certificate issuer) {
        return switch (lists.apply(delegate, issuer)) {
            case VALID -> true;
            case UNDETERMINED -> delegate.getExtensionValue(NO_CHECK) != null;
            case REVOKED, EXPIRED, UNTRUSTED -> false;
        };
    }

    private static boolean isSignedBy(BasicOCSPResp answer, X509Certificate signer) throws OCSPException {
        try {
            return answer.isSignatureValid(new JcaContentVerifierProviderBuilder()
                    .setProvider(SignatureAlgorithm.BOUNCY_CASTLE)
                    .build(signer.getPublicKey()));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("a key of a certificate that was read does not verify", e);
        }
    }

    private static boolean names(RespID id, X509CertificateHolder certificate) {
        try {
            return id.equals(new RespID(certificate.getSubject()))
                    || id.equals(new RespID(certificate.getSubjectPublicKeyInfo(), OcspAnswers.sha1()));
        } catch (OCSPException e) {
            throw new IllegalStateException("a responder cannot be named by its key", e);
        }
    }

    static X509CertificateHolder holder(X509Certificate certificate) {
        try {
            return new JcaX509CertificateHolder(certificate);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has no bytes", e);
        }
    }
}
