package io.chapar.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/** Keys, certificates and revocation lists in PEM files (RFC 7468). Text between them is passed over. */
public final class PemFiles {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]+?)\\s*-----END \\1-----");

    private PemFiles() {}

    /** @throws IOException if the file cannot be read or holds no certificate */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] block : blocks(file, "CERTIFICATE")) {
            try {
                certificates.add(KeyObjects.certificate(new ByteArrayInputStream(block)));
            } catch (CertificateException e) {
                throw new IOException(file + " holds a certificate that cannot be read", e);
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException(file + " holds no certificate");
        }
        return List.copyOf(certificates);
    }

    /** The first certificate of the file. */
    public static X509Certificate certificate(Path file) throws IOException {
        return certificates(file).get(0);
    }

    /** An unencrypted PKCS#8 key. */
    public static PrivateKey privateKey(Path file) throws IOException {
        List<byte[]> blocks = blocks(file, "PRIVATE KEY");
        if (blocks.size() != 1) {
            throw new IOException(file + " does not hold exactly one unencrypted PKCS#8 key");
        }
        return pkcs8(file, blocks.get(0));
    }

    /** @param file that it comes from, for the words of a refusal */
    static PrivateKey pkcs8(Path file, byte[] encoded) throws IOException {
        try {
            String oid = PrivateKeyInfo.getInstance(encoded)
                    .getPrivateKeyAlgorithm()
                    .getAlgorithm()
                    .getId();
            String kind = switch (oid) {
                case "1.2.840.113549.1.1.1" -> "RSA";
                case "1.2.840.10045.2.1" -> "EC";
                case "1.3.101.112" -> "Ed25519";
                default -> throw new IOException(file + " holds a key that is neither RSA, EC nor Ed25519");
            };
            return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IOException(file + " holds a key that cannot be read", e);
        }
    }

    /** @throws IOException if the file cannot be read or holds no revocation list */
    public static List<X509CRL> revocationLists(Path file) throws IOException {
        List<X509CRL> lists = new ArrayList<>();
        for (byte[] block : blocks(file, "X509 CRL")) {
            try {
                lists.add((X509CRL) KeyObjects.certificateFactory().generateCRL(new ByteArrayInputStream(block)));
            } catch (CRLException e) {
                throw new IOException(file + " holds a revocation list that cannot be read", e);
            }
        }
        if (lists.isEmpty()) {
            throw new IOException(file + " holds no revocation list");
        }
        return List.copyOf(lists);
    }

    static String encode(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + label + "-----\n";
    }

    private static List<byte[]> blocks(Path file, String label) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                blocks.add(decoded(file, matcher.group(2)));
            }
        }
        return blocks;
    }

    private static byte[] decoded(Path file, String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not written in Base64 between its lines BEGIN and END", e);
        }
    }
}
