package io.chapar.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The authority of the development PKI: issues certificates, and says which it took back. */
final class DevelopmentAuthority {

    private static final Duration LIFE_OF_AUTHORITY = Duration.ofDays(3650);
    private static final Duration LIFE = Duration.ofDays(1825);
    private static final Duration LIFE_OF_LIST = Duration.ofDays(30);

    /** Clocks on one's own machines differ: what is made now is valid a little earlier. */
    private static final Duration BEFORE = Duration.ofHours(1);

    private static final GeneralNames THIS_MACHINE = new GeneralNames(new GeneralName[] {
        new GeneralName(GeneralName.dNSName, "localhost"),
        new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
        new GeneralName(GeneralName.iPAddress, "::1")
    });

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Clock clock;

    private DevelopmentAuthority(PrivateKey key, X509Certificate certificate, Clock clock) {
        this.key = key;
        this.certificate = certificate;
        this.clock = clock;
    }

    static DevelopmentAuthority of(PrivateKey key, X509Certificate certificate, Clock clock) {
        return new DevelopmentAuthority(key, certificate, clock);
    }

    static DevelopmentAuthority create(KeyPair keys, String name, Clock clock) {
        Instant now = clock.instant();
        X500Principal subject = new X500Principal("CN=" + name + ", O=Chapar development");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                serialNumber(),
                Date.from(now.minus(BEFORE)),
                Date.from(now.plus(LIFE_OF_AUTHORITY)),
                subject,
                keys.getPublic());
        extend(builder, Extension.basicConstraints, true, new BasicConstraints(0));
        extend(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        extend(
                builder,
                Extension.subjectKeyIdentifier,
                false,
                extensions().createSubjectKeyIdentifier(keys.getPublic()));
        return new DevelopmentAuthority(keys.getPrivate(), certificate(builder, keys.getPrivate()), clock);
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** For both ends of TLS, on this machine. */
    X509Certificate tls(String name, PublicKey subjectKey) {
        return tls(
                name, subjectKey, clock.instant().minus(BEFORE), clock.instant().plus(LIFE));
    }

    X509Certificate tls(String name, PublicKey subjectKey, Instant from, Instant until) {
        JcaX509v3CertificateBuilder builder = builder(name, "tls", subjectKey, from, until);
        extend(builder, Extension.subjectAlternativeName, false, THIS_MACHINE);
        extend(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
            KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
        }));
        return issue(builder, subjectKey, new KeyUsage(KeyUsage.digitalSignature));
    }

    X509Certificate signing(String name, PublicKey subjectKey) {
        return signing(
                name, subjectKey, clock.instant().minus(BEFORE), clock.instant().plus(LIFE));
    }

    X509Certificate signing(String name, PublicKey subjectKey, Instant from, Instant until) {
        return issue(
                builder(name, "sign", subjectKey, from, until),
                subjectKey,
                new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
    }

    /** To encrypt to, and for nothing else: RFC 5280, section 4.2.1.3. */
    X509Certificate encryption(String name, PublicKey subjectKey) {
        return encryption(
                name, subjectKey, clock.instant().minus(BEFORE), clock.instant().plus(LIFE));
    }

    X509Certificate encryption(String name, PublicKey subjectKey, Instant from, Instant until) {
        return issue(
                builder(name, "encrypt", subjectKey, from, until),
                subjectKey,
                new KeyUsage(
                        subjectKey.getAlgorithm().equals("RSA") ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement));
    }

    X509Certificate timestamping(String name, PublicKey subjectKey) {
        return timestamping(
                name, subjectKey, clock.instant().minus(BEFORE), clock.instant().plus(LIFE));
    }

    X509Certificate timestamping(String name, PublicKey subjectKey, Instant from, Instant until) {
        JcaX509v3CertificateBuilder builder = builder(name, "tsa", subjectKey, from, until);
        // RFC 3161, section 2.3: this usage alone, and critical
        extend(builder, Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
        return issue(builder, subjectKey, new KeyUsage(KeyUsage.digitalSignature));
    }

    X509CRL revocationList(Collection<X509Certificate> revoked) {
        Instant now = clock.instant();
        JcaX509v2CRLBuilder builder = listBuilder(now);
        for (X509Certificate one : revoked) {
            builder.addCRLEntry(one.getSerialNumber(), Date.from(now), CRLReason.privilegeWithdrawn);
        }
        return list(builder);
    }

    /** A new list of what an earlier one named. */
    X509CRL revocationListLike(X509CRL earlier) {
        JcaX509v2CRLBuilder builder = listBuilder(clock.instant());
        Stream.ofNullable(earlier.getRevokedCertificates())
                .flatMap(Collection::stream)
                .forEach(one -> builder.addCRLEntry(
                        one.getSerialNumber(), one.getRevocationDate(), CRLReason.privilegeWithdrawn));
        return list(builder);
    }

    static KeyPair ellipticKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform makes no P-256 keys", e);
        }
    }

    static KeyPair rsaKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048, RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform makes no RSA keys", e);
        }
    }

    static String pem(X509Certificate certificate) {
        try {
            return PemFiles.encode("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the certificate has no bytes", e);
        }
    }

    static String pem(X509CRL list) {
        try {
            return PemFiles.encode("X509 CRL", list.getEncoded());
        } catch (CRLException e) {
            throw new IllegalStateException("the revocation list has no bytes", e);
        }
    }

    private JcaX509v3CertificateBuilder builder(
            String name, String use, PublicKey subjectKey, Instant from, Instant until) {
        return new JcaX509v3CertificateBuilder(
                certificate.getSubjectX500Principal(),
                serialNumber(),
                Date.from(from),
                Date.from(until),
                new X500Principal("CN=" + name + ", OU=" + use + ", O=Chapar development"),
                subjectKey);
    }

    private X509Certificate issue(JcaX509v3CertificateBuilder builder, PublicKey subjectKey, KeyUsage usage) {
        extend(builder, Extension.basicConstraints, true, new BasicConstraints(false));
        extend(builder, Extension.keyUsage, true, usage);
        extend(builder, Extension.subjectKeyIdentifier, false, extensions().createSubjectKeyIdentifier(subjectKey));
        extend(
                builder,
                Extension.authorityKeyIdentifier,
                false,
                extensions().createAuthorityKeyIdentifier(certificate.getPublicKey()));
        return certificate(builder, key);
    }

    private static X509Certificate certificate(JcaX509v3CertificateBuilder builder, PrivateKey signingKey) {
        try {
            byte[] encoded = builder.build(signer(signingKey)).getEncoded();
            return (X509Certificate)
                    KeyObjects.certificateFactory().generateCertificate(new ByteArrayInputStream(encoded));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was just made cannot be read", e);
        }
    }

    private JcaX509v2CRLBuilder listBuilder(Instant now) {
        return new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(now.minus(BEFORE)));
    }

    private X509CRL list(JcaX509v2CRLBuilder builder) {
        Instant now = clock.instant();
        builder.setNextUpdate(Date.from(now.plus(LIFE_OF_LIST)));
        try {
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions().createAuthorityKeyIdentifier(certificate.getPublicKey()));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(now.toEpochMilli())));
            byte[] encoded = builder.build(signer(key)).getEncoded();
            return (X509CRL) KeyObjects.certificateFactory().generateCRL(new ByteArrayInputStream(encoded));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a revocation list that was just made cannot be read", e);
        }
    }

    private static ContentSigner signer(PrivateKey key) {
        try {
            return new JcaContentSignerBuilder(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA")
                    .build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("the authority's key does not sign", e);
        }
    }

    private static void extend(
            JcaX509v3CertificateBuilder builder, ASN1ObjectIdentifier name, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(name, critical, value);
        } catch (IOException e) {
            throw new IllegalStateException("an extension cannot be written", e);
        }
    }

    private static JcaX509ExtensionUtils extensions() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-1 for key identifiers", e);
        }
    }

    private static BigInteger serialNumber() {
        return new BigInteger(127, RANDOM).setBit(126);
    }
}
