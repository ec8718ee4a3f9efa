package io.chapar.trust;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyUsage;

/** An authority for tests that issues what honest ones would not: expired, revoked, weak. */
public final class TestPki {

    public static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final DevelopmentAuthority authority;
    private final List<X509Certificate> revoked = new ArrayList<>();

    /** A key with its certificate. */
    public record Identity(KeyPair keys, X509Certificate certificate) {
        public KeySigner signer() {
            return new KeySigner(keys.getPrivate(), certificate, CLOCK);
        }
    }

    public TestPki(String name) {
        authority = DevelopmentAuthority.create(DevelopmentAuthority.ellipticKeys(), name, CLOCK);
    }

    public X509Certificate authority() {
        return authority.certificate();
    }

    public Identity signing(String name) {
        return signing(name, ec("secp256r1"));
    }

    public Identity signing(String name, KeyPair keys) {
        return new Identity(keys, authority.signing(name, keys.getPublic()));
    }

    public Identity encryption(String name) {
        return encryption(name, ec("secp256r1"));
    }

    public Identity encryption(String name, KeyPair keys) {
        return new Identity(keys, authority.encryption(name, keys.getPublic()));
    }

    public Identity expiredEncryption(String name) {
        KeyPair keys = ec("secp256r1");
        return new Identity(keys, authority.encryption(name, keys.getPublic(), daysAgo(30), daysAgo(1)));
    }

    public Identity tls(String name) {
        KeyPair keys = ec("secp256r1");
        return new Identity(keys, authority.tls(name, keys.getPublic()));
    }

    public Identity expiredTls(String name) {
        KeyPair keys = ec("secp256r1");
        return new Identity(keys, authority.tls(name, keys.getPublic(), daysAgo(30), daysAgo(1)));
    }

    public Identity expired(String name) {
        return signing(name, daysAgo(30), daysAgo(1));
    }

    public Identity notYetValid(String name) {
        return signing(name, NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2)));
    }

    public Identity notYetValidTls(String name) {
        KeyPair keys = ec("secp256r1");
        return new Identity(
                keys,
                authority.tls(name, keys.getPublic(), NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2))));
    }

    /** Signed by itself, for what parties do. */
    public static Identity selfMade(String name) {
        OddAuthority itself = OddAuthority.root(name);
        return new Identity(
                itself.keys(),
                itself.issue(OddAuthority.request(
                        "CN=" + name, itself.keys(), OddAuthority.usage(KeyUsage.digitalSignature))));
    }

    private Identity signing(String name, Instant from, Instant until) {
        KeyPair keys = ec("secp256r1");
        return new Identity(keys, authority.signing(name, keys.getPublic(), from, until));
    }

    public Identity timestamping(String name) {
        KeyPair keys = ec("secp256r1");
        return new Identity(keys, authority.timestamping(name, keys.getPublic()));
    }

    public Identity expiredTimestamping(String name) {
        KeyPair keys = ec("secp256r1");
        return new Identity(keys, authority.timestamping(name, keys.getPublic(), daysAgo(30), daysAgo(1)));
    }

    /** An authority that gives timestamps with this key. */
    public static DevelopmentTimestamps timestamps(Identity identity, Clock clock) {
        return new DevelopmentTimestamps(identity.keys().getPrivate(), identity.certificate(), clock);
    }

    public void revoke(Identity identity) {
        revoked.add(identity.certificate());
    }

    /** Writes the revocation list, and gives paths that read it. */
    public CertificatePaths paths(Path folder) {
        return new CertificatePaths(List.of(authority()), writeList(folder), Duration.ZERO, CLOCK);
    }

    public Path writeList(Path folder) {
        try {
            Path file = folder.resolve("ca.crl.pem");
            Files.writeString(file, DevelopmentAuthority.pem(authority.revocationList(revoked)));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair ed25519() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant daysAgo(int days) {
        return NOW.minus(Duration.ofDays(days));
    }
}
