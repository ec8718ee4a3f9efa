package io.chapar.trust;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The Ed25519 key that signs the ledger's checkpoints as C2SP signed notes. Anyone can check them with the
 * {@linkplain #verifierKey() verifier key} alone.
 */
public final class NoteKey {

    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final String ED25519 = "Ed25519";
    private static final byte NOTE_ED25519 = 1;
    private static final int KEY_ID_BYTES = 4;
    private static final String ALIAS = "ledger";
    private static final Duration HOLDER_VALIDITY = Duration.ofDays(36_500);
    /** What stands before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final PrivateKey key;
    private final byte[] publicKey;

    private NoteKey(String name, PrivateKey key, PublicKey publicKey) {
        this.name = name;
        this.key = key;
        this.publicKey = SubjectPublicKeyInfo.getInstance(publicKey.getEncoded())
                .getPublicKeyData()
                .getBytes();
    }

    /** The key in {@code ledger.p12} of this folder; made when there is none yet. */
    public static NoteKey open(Path folder, Optional<char[]> password, String name, Clock clock) throws IOException {
        if (name.isEmpty() || name.contains("+") || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("a ledger's name has neither spaces nor a plus sign");
        }
        try {
            KeyFile file = new KeyFile(folder, "ledger.p12", password);
            if (!file.keys().containsAlias(ALIAS)) {
                file.change(newest -> made(newest, file.protection(), clock));
            }
            PrivateKey key = (PrivateKey) file.keys().getKey(ALIAS, file.password());
            return new NoteKey(name, key, file.keys().getCertificate(ALIAS).getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new IOException("the ledger's key in " + folder + " cannot be read", e);
        }
    }

    /** PKCS#12 keeps a private key only beside a certificate; this one proves nothing, and nobody asks it to. */
    private static boolean made(KeyStore keys, KeyStore.PasswordProtection protection, Clock clock)
            throws GeneralSecurityException {
        if (keys.containsAlias(ALIAS)) {
            // Another node was first.
            return false;
        }
        KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
        Instant now = clock.instant();
        X500Name holder = new X500Name("CN=Chapar ledger");
        JcaX509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                holder, BigInteger.ONE, Date.from(now), Date.from(now.plus(HOLDER_VALIDITY)), holder, pair.getPublic());
        try {
            Certificate made = new JcaX509CertificateConverter()
                    .getCertificate(certificate.build(new JcaContentSignerBuilder(ED25519).build(pair.getPrivate())));
            keys.setEntry(ALIAS, new KeyStore.PrivateKeyEntry(pair.getPrivate(), new Certificate[] {made}), protection);
            return true;
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("the holder of the ledger's key cannot be written down", e);
        }
    }

    /** What a verifier needs to know, in the form of signed notes: name, key id, key. */
    public String verifierKey() {
        byte[] typed = typed(publicKey);
        return name + "+" + HexFormat.of().formatHex(keyId(name, typed)) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** @param text ends with a line break */
    public String signNote(String text) {
        try {
            Signature signature = Signature.getInstance(ED25519, PROVIDER);
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            byte[] id = keyId(name, typed(publicKey));
            byte[] made = signature.sign();
            byte[] line = Arrays.copyOf(id, id.length + made.length);
            System.arraycopy(made, 0, line, id.length, made.length);
            return text + "\n\u2014 " + name + " " + Base64.getEncoder().encodeToString(line) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a checkpoint cannot be signed", e);
        }
    }

    /** Whether the note says exactly this text, signed by the holder of this verifier key. */
    public static boolean verifies(String note, String text, String verifierKey) {
        String[] parts = verifierKey.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a verifier key is a name, a key id and a key, joined by plus signs");
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        String start = text + "\n\u2014 " + parts[0] + " ";
        if (typed.length != 1 + 32 || typed[0] != NOTE_ED25519 || !note.startsWith(start) || !note.endsWith("\n")) {
            return false;
        }
        try {
            byte[] line = Base64.getDecoder().decode(note.substring(start.length(), note.length() - 1));
            if (line.length <= KEY_ID_BYTES
                    || !Arrays.equals(Arrays.copyOf(line, KEY_ID_BYTES), keyId(parts[0], typed))) {
                return false;
            }
            byte[] spki = Arrays.copyOf(SPKI, SPKI.length + 32);
            System.arraycopy(typed, 1, spki, SPKI.length, 32);
            Signature signature = Signature.getInstance(ED25519, PROVIDER);
            signature.initVerify(
                    KeyFactory.getInstance(ED25519, PROVIDER).generatePublic(new X509EncodedKeySpec(spki)));
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.verify(line, KEY_ID_BYTES, line.length - KEY_ID_BYTES);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            // Not Base64, or no signature at all: it does not verify.
            return false;
        }
    }

    private static byte[] typed(byte[] publicKey) {
        byte[] typed = new byte[1 + publicKey.length];
        typed[0] = NOTE_ED25519;
        System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
        return typed;
    }

    private static byte[] keyId(String name, byte[] typed) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(sha.digest(typed), KEY_ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
