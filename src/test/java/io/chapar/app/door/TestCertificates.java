package io.chapar.app.door;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority that lives as long as a test. */
public final class TestCertificates {

    /** A key and its certificate. */
    public record Identity(KeyPair keys, X509Certificate certificate) {}

    private static final char[] NONE = new char[0];

    private final Identity authority;

    public TestCertificates() {
        KeyPair keys = keys();
        this.authority = new Identity(keys, certify("CN=Test CA", "CN=Test CA", keys, keys, true));
    }

    public Identity issue(String name) {
        KeyPair keys = keys();
        return new Identity(keys, certify("CN=Test CA", "CN=" + name, authority.keys(), keys, false));
    }

    /** Trusts this authority and shows this identity, or none. */
    public SSLContext client(Identity... shown) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, NONE);
            for (Identity each : shown) {
                own.setKeyEntry("own", each.keys().getPrivate(), NONE, new Certificate[] {each.certificate()});
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NONE);
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, NONE);
            anchors.setCertificateEntry("ca", authority.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown.length == 0 ? new KeyManager[0] : keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path writeAuthority(Path folder) throws IOException, GeneralSecurityException {
        return write(
                folder.resolve("ca.pem"), "CERTIFICATE", authority.certificate().getEncoded());
    }

    public static Path write(Path file, String kind, byte[] der) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
        return Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // the builder's parameters
    private static X509Certificate certify(
            String issuer, String subject, KeyPair issuerKeys, KeyPair keys, boolean authority) {
        try {
            Instant now = Instant.now();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    new BigInteger(64, ThreadLocalRandom.current()),
                    Date.from(now.minus(Duration.ofMinutes(5))),
                    Date.from(now.plus(Duration.ofDays(1))),
                    new X500Name(subject),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate())));
        } catch (GeneralSecurityException | IOException | OperatorException e) {
            throw new IllegalStateException(e);
        }
    }
}
