package io.chapar.trust;

import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What an OCSP responder answers, also what RFC 6960 forbids. At first it is right: of now, due again in an hour, signed by
 * the issuer, and bearing the question's nonce.
 */
final class OddAnswer {

    static final CertificateStatus GOOD = CertificateStatus.GOOD;
    static final CertificateStatus UNKNOWN = new UnknownStatus();
    static final CertificateStatus REVOKED = new RevokedStatus(Date.from(TestPki.NOW.minus(Duration.ofHours(1))), 1);
    static final ASN1ObjectIdentifier STRANGE = new ASN1ObjectIdentifier("1.2.3.4");

    private OddAuthority issuer;
    private X509Certificate about;
    private int times = 1;
    private List<X509Certificate> others = List.of();
    private @Nullable CertificateStatus status = GOOD;
    private Instant made = TestPki.NOW;
    private Instant from = TestPki.NOW;
    private Optional<Instant> until = Optional.of(TestPki.NOW.plus(Duration.ofHours(1)));
    private Optional<byte[]> otherNonce = Optional.empty();
    private boolean withNonce = true;
    private KeyPair key;
    private X509Certificate signer;
    private boolean byKey;
    private boolean brought;
    private String algorithm = "SHA256withECDSA";
    private boolean strangeAnswer;
    private boolean strangeStatus;

    OddAnswer(OddAuthority issuer, X509Certificate about) {
        this.issuer = issuer;
        this.about = about;
        this.key = issuer.keys();
        this.signer = issuer.certificate();
    }

    OddAnswer about(OddAuthority otherIssuer, X509Certificate other) {
        this.issuer = otherIssuer;
        this.about = other;
        return this;
    }

    OddAnswer times(int number) {
        this.times = number;
        return this;
    }

    OddAnswer beside(X509Certificate other) {
        this.others = List.of(other);
        return this;
    }

    OddAnswer saying(@Nullable CertificateStatus said) {
        this.status = said;
        return this;
    }

    OddAnswer made(Instant instant) {
        this.made = instant;
        return this;
    }

    OddAnswer from(Instant instant) {
        this.from = instant;
        return this;
    }

    OddAnswer until(@Nullable Instant instant) {
        this.until = Optional.ofNullable(instant);
        return this;
    }

    OddAnswer withoutNonce() {
        this.withNonce = false;
        return this;
    }

    OddAnswer nonce(byte[] other) {
        this.otherNonce = Optional.of(other);
        return this;
    }

    /** In the name of this certificate's subject, with this key. */
    OddAnswer signedBy(KeyPair otherKey, X509Certificate named) {
        this.key = otherKey;
        this.signer = named;
        return this;
    }

    /** With its certificate. */
    OddAnswer delegatedTo(OddAuthority delegate) {
        this.brought = true;
        return signedBy(delegate.keys(), delegate.certificate());
    }

    OddAnswer withoutCertificate() {
        this.brought = false;
        return this;
    }

    OddAnswer named(boolean byItsKey) {
        this.byKey = byItsKey;
        return this;
    }

    OddAnswer signedWith(String name) {
        this.algorithm = name;
        return this;
    }

    OddAnswer withStrangeExtension() {
        this.strangeAnswer = true;
        return this;
    }

    OddAnswer withStrangeExtensionOfTheStatus() {
        this.strangeStatus = true;
        return this;
    }

    byte[] to(byte[] request) {
        try {
            X509CertificateHolder holder = OcspSigners.holder(signer);
            BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(
                    byKey
                            ? new RespID(holder.getSubjectPublicKeyInfo(), OcspAnswers.sha1())
                            : new RespID(holder.getSubject()));
            for (X509Certificate one : Stream.concat(
                            Stream.generate(() -> about).limit(times), others.stream())
                    .toList()) {
                builder.addResponse(
                        new CertificateID(
                                OcspAnswers.sha1(), OcspSigners.holder(issuer.certificate()), one.getSerialNumber()),
                        status,
                        Date.from(from),
                        until.map(Date::from).orElse(null),
                        strangeStatus ? new Extensions(strange()) : null);
            }
            extensions(request).ifPresent(builder::setResponseExtensions);
            return new OCSPRespBuilder()
                    .build(
                            OCSPResp.SUCCESSFUL,
                            builder.build(
                                    new JcaContentSignerBuilder(algorithm).build(key.getPrivate()),
                                    brought ? new X509CertificateHolder[] {holder} : null,
                                    Date.from(made)))
                    .getEncoded();
        } catch (OCSPException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Extensions> extensions(byte[] request) throws IOException {
        Stream<Extension> nonce = Stream.of(new OCSPReq(request).getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce))
                .filter(asked -> withNonce)
                .map(asked -> otherNonce
                        .map(other -> new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, other))
                        .orElse(asked));
        Extension[] all = Stream.concat(nonce, strangeAnswer ? Stream.of(strange()) : Stream.empty())
                .toArray(Extension[]::new);
        return all.length == 0 ? Optional.empty() : Optional.of(new Extensions(all));
    }

    private static Extension strange() throws IOException {
        return new Extension(STRANGE, true, DERNull.INSTANCE.getEncoded());
    }

    /** An answer that is none. */
    static byte[] none(int status) {
        try {
            return new OCSPRespBuilder().build(status, null).getEncoded();
        } catch (OCSPException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] altered(byte[] answer) {
        byte[] other = answer.clone();
        other[other.length - 3] ^= 1;
        return other;
    }

    static byte[] longer(byte[] answer) {
        return Arrays.copyOf(answer, answer.length + 1);
    }
}
