package io.chapar.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Certificates of the development authority that nobody should believe any more, or that belong to nobody. */
public final class DoubtfulCertificates {

    private static final Duration LIFE = Duration.ofDays(30);
    private static final Duration JUST_NOW = Duration.ofMinutes(5);

    /** How far a certificate is to be trusted. */
    public enum Doubt {
        NONE,
        REVOKED,
        EXPIRED
    }

    private final Path folder;
    private final DevelopmentAuthority authority;
    private final List<X509Certificate> revoked = new ArrayList<>();

    /** @param folder of the development PKI, with its authority's key */
    public DoubtfulCertificates(Path folder) throws IOException {
        this.folder = folder;
        this.authority = DevelopmentAuthority.of(
                PemFiles.privateKey(folder.resolve("ca.key.pem")),
                PemFiles.certificate(folder.resolve("ca.cert.pem")),
                Clock.systemUTC());
    }

    public TestPki.Identity tls(String name, Doubt doubt) {
        KeyPair keys = DevelopmentAuthority.ellipticKeys();
        Instant until = end(doubt);
        return known(
                new TestPki.Identity(keys, authority.tls(name, keys.getPublic(), until.minus(LIFE), until)), doubt);
    }

    public TestPki.Identity signing(String name, Doubt doubt) {
        KeyPair keys = DevelopmentAuthority.ellipticKeys();
        Instant until = end(doubt);
        return known(
                new TestPki.Identity(keys, authority.signing(name, keys.getPublic(), until.minus(LIFE), until)), doubt);
    }

    /** The key and certificate with which a party's server answers, for this host and no other. */
    public void writeServer(String party, String host) throws IOException {
        X509Certificate issuer = PemFiles.certificate(folder.resolve("ca.cert.pem"));
        OddAuthority odd = new OddAuthority(
                new KeyPair(issuer.getPublicKey(), PemFiles.privateKey(folder.resolve("ca.key.pem"))), issuer);
        KeyPair keys = DevelopmentAuthority.ellipticKeys();
        Instant until = end(Doubt.NONE);
        X509Certificate server = odd.issue(new OddAuthority.Request(
                "CN=" + party,
                keys,
                until.minus(LIFE),
                until,
                "SHA256withECDSA",
                List.of(
                        OddAuthority.usage(KeyUsage.digitalSignature),
                        OddAuthority.extension(
                                Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
                        OddAuthority.extension(
                                Extension.subjectAlternativeName,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, host))))));
        Files.writeString(folder.resolve(party).resolve("tls.cert.pem"), DevelopmentAuthority.pem(server));
        Files.writeString(
                folder.resolve(party).resolve("tls.key.pem"),
                PemFiles.encode("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }

    /** Where the certificate can be read from. */
    public Path write(String name, TestPki.Identity identity) throws IOException {
        return Files.writeString(folder.resolve(name + ".cert.pem"), DevelopmentAuthority.pem(identity.certificate()));
    }

    /** Says which were taken back, in the place of the authority's own list. */
    public void writeList() throws IOException {
        Files.writeString(folder.resolve("ca.crl.pem"), DevelopmentAuthority.pem(authority.revocationList(revoked)));
    }

    private TestPki.Identity known(TestPki.Identity identity, Doubt doubt) {
        if (doubt == Doubt.REVOKED) {
            revoked.add(identity.certificate());
        }
        return identity;
    }

    private static Instant end(Doubt doubt) {
        Instant now = Clock.systemUTC().instant();
        return doubt == Doubt.EXPIRED ? now.minus(JUST_NOW) : now.plus(LIFE).minus(JUST_NOW);
    }
}
