package io.chapar.trust;

import io.chapar.message.PartyCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes the keys and certificates with which the gateway can be tried out, on the machine itself: an authority, its
 * revocation list, a timestamping certificate, and for each party one certificate for TLS, one for signing and one to
 * encrypt to. What is there already stays as it is. Not for production: the keys lie unencrypted in the folder.
 */
public final class DevelopmentPki {

    /** The password of every {@code .p12} file. */
    public static final String PASSWORD = "chapar-dev";

    /** This party has RSA keys, so that both kinds are in daily use; all others have P-256. */
    static final PartyCode WITH_RSA = new PartyCode("MLSPP");

    private static final String ENCRYPT = "encrypt";
    private static final Duration RENEW_LIST_AFTER = Duration.ofDays(7);
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    private final Path folder;
    private final Clock clock;

    private DevelopmentPki(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Makes what is absent in the folder, overwrites nothing, and renews a revocation list that grows old. */
    public static void make(Path folder, Collection<PartyCode> parties) throws IOException {
        make(folder, parties, Clock.systemUTC());
    }

    static void make(Path folder, Collection<PartyCode> parties, Clock clock) throws IOException {
        Files.createDirectories(folder);
        ONE_AT_A_TIME.lock();
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("another process makes certificates in " + folder);
            }
            new DevelopmentPki(folder, clock).make(parties);
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private void make(Collection<PartyCode> parties) throws IOException {
        Path certificate = folder.resolve("ca.cert.pem");
        if (!Files.exists(certificate)) {
            makeAuthority(certificate, parties);
        } else if (!Files.exists(folder.resolve("ca.key.pem"))) {
            // certificates of one's own, put here by hand: nothing can be added to them
            return;
        }
        DevelopmentAuthority authority = DevelopmentAuthority.of(
                PemFiles.privateKey(folder.resolve("ca.key.pem")), PemFiles.certificate(certificate), clock);
        renewList(authority);
        if (!Files.exists(folder.resolve("tsa.cert.pem"))) {
            KeyPair keys = DevelopmentAuthority.ellipticKeys();
            write(
                    "tsa.key.pem",
                    PemFiles.encode("PRIVATE KEY", keys.getPrivate().getEncoded()));
            write("tsa.cert.pem", pem(authority.timestamping("CHAPAR development timestamps", keys.getPublic())));
        }
        for (PartyCode party : parties) {
            if (!Files.exists(folder.resolve(party.value()))) {
                makeParty(authority, party);
            } else if (!Files.exists(folder.resolve(party.value()).resolve(ENCRYPT + ".cert.pem"))) {
                // a folder from before there were such keys
                Path being = Files.createTempDirectory(folder, ".new-");
                keepEncryption(being, party, authority);
                DevelopmentFiles.add(being, ENCRYPT, folder.resolve(party.value()));
            }
        }
    }

    private void makeAuthority(Path certificate, Collection<PartyCode> parties) throws IOException {
        for (PartyCode party : parties) {
            if (Files.exists(folder.resolve(party.value()))) {
                throw new IOException(folder + " holds certificates but not those of their authority (ca.cert.pem):"
                        + " put it back, or remove the folder");
            }
        }
        KeyPair keys = DevelopmentAuthority.ellipticKeys();
        DevelopmentAuthority authority = DevelopmentAuthority.create(keys, "Chapar development authority", clock);
        write("ca.key.pem", PemFiles.encode("PRIVATE KEY", keys.getPrivate().getEncoded()));
        write(certificate.getFileName().toString(), pem(authority.certificate()));
    }

    private void renewList(DevelopmentAuthority authority) throws IOException {
        Path list = folder.resolve("ca.crl.pem");
        if (!Files.exists(list)) {
            write("ca.crl.pem", DevelopmentAuthority.pem(authority.revocationList(List.of())));
            return;
        }
        Instant made = PemFiles.revocationLists(list).get(0).getThisUpdate().toInstant();
        if (made.plus(RENEW_LIST_AFTER).isBefore(clock.instant())) {
            write(
                    "ca.crl.pem",
                    DevelopmentAuthority.pem(authority.revocationListLike(
                            PemFiles.revocationLists(list).get(0))));
        }
    }

    /** A party's folder appears whole or not at all. */
    private void makeParty(DevelopmentAuthority authority, PartyCode party) throws IOException {
        Path being = Files.createTempDirectory(folder, ".new-");
        KeyPair tlsKeys = keys(party);
        KeyPair signingKeys = keys(party);
        keep(being, "tls", tlsKeys, authority.tls(party.value(), tlsKeys.getPublic()), authority);
        keep(being, "sign", signingKeys, authority.signing(party.value(), signingKeys.getPublic()), authority);
        keepEncryption(being, party, authority);
        Files.move(being, folder.resolve(party.value()), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void keepEncryption(Path own, PartyCode party, DevelopmentAuthority authority) throws IOException {
        KeyPair keys = keys(party);
        keep(own, ENCRYPT, keys, authority.encryption(party.value(), keys.getPublic()), authority);
    }

    private static KeyPair keys(PartyCode party) {
        return party.equals(WITH_RSA) ? DevelopmentAuthority.rsaKeys() : DevelopmentAuthority.ellipticKeys();
    }

    private static void keep(
            Path being, String name, KeyPair keys, X509Certificate certificate, DevelopmentAuthority authority)
            throws IOException {
        DevelopmentFiles.write(
                being.resolve(name + ".key.pem"),
                PemFiles.encode("PRIVATE KEY", keys.getPrivate().getEncoded()));
        DevelopmentFiles.write(being.resolve(name + ".cert.pem"), pem(certificate));
        DevelopmentFiles.writeKeyStore(
                being.resolve(name + ".p12"), name, keys.getPrivate(), List.of(certificate, authority.certificate()));
    }

    private void write(String name, String text) throws IOException {
        DevelopmentFiles.replace(folder.resolve(name), text);
    }

    private static String pem(X509Certificate certificate) {
        return DevelopmentAuthority.pem(certificate);
    }
}
