package io.chapar.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that certifies whatever it is told to, also what RFC 5280 forbids. */
record OddAuthority(KeyPair keys, X509Certificate certificate) {

    private static final AtomicLong SERIAL = new AtomicLong(1_000);
    private static final Duration LIFE = Duration.ofDays(90);

    /** What is certified; the usual is in force from a day ago, for 90 days, and signed with SHA-256. */
    record Request(
            String subject, KeyPair keys, Instant from, Instant until, String algorithm, List<Extension> extensions) {

        Request until(Instant end) {
            return new Request(subject, keys, end.minus(LIFE), end, algorithm, extensions);
        }

        Request signedWith(String other) {
            return new Request(subject, keys, from, until, other, extensions);
        }
    }

    static OddAuthority root(String name) {
        KeyPair keys = TestPki.ec("secp256r1");
        Request request = request("CN=" + name, keys, authority(), usage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return new OddAuthority(keys, certify(request, new X500Principal("CN=" + name), keys));
    }

    static Request request(String subject, KeyPair keys, Extension... extensions) {
        Instant from = TestPki.NOW.minus(Duration.ofDays(1));
        return new Request(subject, keys, from, from.plus(LIFE), "SHA256withECDSA", List.of(extensions));
    }

    static Extension authority() {
        return extension(Extension.basicConstraints, new BasicConstraints(true));
    }

    static Extension usage(int bits) {
        return extension(Extension.keyUsage, new KeyUsage(bits));
    }

    static Extension extension(
            org.bouncycastle.asn1.ASN1ObjectIdentifier name, org.bouncycastle.asn1.ASN1Encodable value) {
        try {
            return new Extension(name, true, value.toASN1Primitive().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An authority below this one. */
    OddAuthority below(String name, Extension... extensions) {
        return below(request("CN=" + name, TestPki.ec("secp256r1"), extensions));
    }

    OddAuthority below(Request request) {
        return new OddAuthority(request.keys(), issue(request));
    }

    X509Certificate leaf(String subject, Extension... extensions) {
        return issue(request(subject, TestPki.ec("secp256r1"), extensions));
    }

    X509Certificate issue(Request request) {
        return certify(request, certificate.getSubjectX500Principal(), keys);
    }

    X509CRL list(UnaryOperator<X509v2CRLBuilder> content) {
        JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(
                certificate.getSubjectX500Principal(), Date.from(TestPki.NOW.minus(Duration.ofHours(1))));
        builder.setNextUpdate(Date.from(TestPki.NOW.plus(Duration.ofDays(30))));
        try {
            byte[] encoded = content.apply(builder)
                    .build(signer("SHA256withECDSA", keys))
                    .getEncoded();
            return (X509CRL) KeyObjects.certificateFactory().generateCRL(new ByteArrayInputStream(encoded));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certify(Request request, X500Principal issuer, KeyPair issuerKeys) {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(SERIAL.incrementAndGet()),
                Date.from(request.from()),
                Date.from(request.until()),
                new X500Principal(request.subject()),
                request.keys().getPublic());
        try {
            for (Extension extension : request.extensions()) {
                builder.addExtension(extension);
            }
            byte[] encoded =
                    builder.build(signer(request.algorithm(), issuerKeys)).getEncoded();
            return (X509Certificate)
                    KeyObjects.certificateFactory().generateCertificate(new ByteArrayInputStream(encoded));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ContentSigner signer(String algorithm, KeyPair keys) {
        try {
            return new JcaContentSignerBuilder(algorithm).build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
