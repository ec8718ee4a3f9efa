package io.chapar.trust;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * Timestamps of RFC 3161, over SHA-256: what is asked of an authority, and what its answer must be to be believed. The
 * certificate is named by its SHA-2 digest (RFC 5816) and may do nothing else than timestamping.
 */
public final class TimestampTokens {

    private static final int NONCE_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<ASN1ObjectIdentifier> DIGESTS =
            Set.of(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, NISTObjectIdentifiers.id_sha512);

    private final CertificatePaths paths;
    private final Optional<String> policy;
    private final Duration skew;
    private final Clock clock;

    /** A token that was believed. */
    public record Token(byte[] bytes, Instant at) {}

    /**
     * @param paths to the anchors of timestamping authorities
     * @param policy the only one under which a timestamp is wanted, as an object identifier
     * @param skew by how much an authority's clock may differ from ours
     */
    public TimestampTokens(CertificatePaths paths, Optional<String> policy, Duration skew, Clock clock) {
        this.paths = paths;
        this.policy = policy;
        this.skew = skew;
        this.clock = clock;
    }

    /** A request for these bytes, with a nonce of its own. */
    public byte[] request(byte[] stamped) {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        policy.map(ASN1ObjectIdentifier::new).ifPresent(generator::setReqPolicy);
        try {
            return generator
                    .generate(TSPAlgorithms.SHA256, sha256(stamped), new BigInteger(NONCE_BITS, RANDOM))
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a request for a timestamp cannot be written", e);
        }
    }

    /** The token in the answer to this request, if all about it is right, now. */
    public Token accept(byte[] request, byte[] response) throws TimestampRefused {
        TimeStampToken token = granted(request, response);
        X509Certificate signer = proven(token);
        Instant at = at(token);
        if (Duration.between(at, clock.instant()).abs().compareTo(skew) > 0) {
            throw new TimestampRefused("the authority's clock and ours differ by more than " + skew);
        }
        CertificateStatus status = paths.check(signer, Purpose.TIMESTAMP);
        if (status != CertificateStatus.VALID) {
            throw new TimestampRefused("the authority's certificate is " + status);
        }
        try {
            return new Token(token.getEncoded(), at);
        } catch (IOException e) {
            throw new TimestampRefused("the token cannot be written", e);
        }
    }

    /**
     * Whether a token that was accepted once is one over these bytes. The certificate is held against its time: that it
     * ended since, or was taken back, does not undo it.
     *
     * @return the time that it proves
     */
    public Instant verify(byte[] bytes, byte[] stamped) throws TimestampRefused {
        TimeStampToken token;
        try {
            token = new TimeStampToken(new CMSSignedData(bytes));
        } catch (CMSException | TSPException | IOException | RuntimeException e) {
            throw new TimestampRefused("it cannot be read", e);
        }
        if (!token.getTimeStampInfo().getMessageImprintAlgOID().equals(TSPAlgorithms.SHA256)
                || !Arrays.equals(token.getTimeStampInfo().getMessageImprintDigest(), sha256(stamped))) {
            throw new TimestampRefused("it is over something else");
        }
        Instant at = at(token);
        if (!paths.ledAt(proven(token), Purpose.TIMESTAMP, at)) {
            throw new TimestampRefused("no path led from its certificate to a configured authority");
        }
        return at;
    }

    private static TimeStampToken granted(byte[] request, byte[] response) throws TimestampRefused {
        try {
            TimeStampResponse answer = new TimeStampResponse(response);
            if (answer.getStatus() != PKIStatus.GRANTED) {
                throw new TimestampRefused("the authority gave none: status " + answer.getStatus());
            }
            // nonce, imprint, policy, and that there is a token with the name of its certificate
            answer.validate(new TimeStampRequest(request));
            return answer.getTimeStampToken();
        } catch (TSPException e) {
            throw new TimestampRefused("the answer does not fit the request: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            // What is not ASN.1 of this shape ends in exceptions of many kinds.
            throw new TimestampRefused("the answer cannot be read", e);
        }
    }

    /** The certificate that the token names, brings along, and is signed with. */
    private static X509Certificate proven(TimeStampToken token) throws TimestampRefused {
        if (token.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2) == null) {
            throw new TimestampRefused("it does not name its certificate by a SHA-2 digest");
        }
        for (SignerInformation signer : token.toCMSSignedData().getSignerInfos().getSigners()) {
            if (!DIGESTS.contains(signer.getDigestAlgorithmID().getAlgorithm())) {
                throw new TimestampRefused("it is signed with a digest that is not allowed");
            }
        }
        List<X509CertificateHolder> named = named(token);
        if (named.size() != 1) {
            throw new TimestampRefused("it does not bring its certificate along");
        }
        try {
            // signature, digest of the certificate, its one purpose, and its validity at the time that is claimed
            token.validate(new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(SignatureAlgorithm.BOUNCY_CASTLE)
                    .build(named.get(0)));
            return EncodedCertificates.read(named.get(0).getEncoded());
        } catch (TSPException e) {
            throw new TimestampRefused("it proves nothing: " + e.getMessage(), e);
        } catch (CertificateException | OperatorCreationException | IOException | Malformed | RuntimeException e) {
            throw new TimestampRefused("its certificate cannot be read", e);
        }
    }

    /** They are read only when they are asked for, and what is no certificate ends in exceptions of many kinds. */
    private static List<X509CertificateHolder> named(TimeStampToken token) throws TimestampRefused {
        try {
            return token.getCertificates().getMatches(null).stream()
                    .filter(holder -> token.getSID().match(holder))
                    .toList();
        } catch (RuntimeException e) {
            throw new TimestampRefused("its certificates cannot be read", e);
        }
    }

    private static Instant at(TimeStampToken token) {
        return token.getTimeStampInfo().getGenTime().toInstant();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
