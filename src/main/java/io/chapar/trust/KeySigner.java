package io.chapar.trust;

import io.chapar.message.Signer;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Signs with one key, in all the forms that partners read. Safe for concurrent use; keep it, as it keeps its key. */
public final class KeySigner implements Signer {

    private final PrivateKey key;
    private final SignatureAlgorithm algorithm;
    private final String certificate;
    private final String detachedHeader;
    /** By type; there are as few as kinds of what is signed. */
    private final Map<String, String> typedHeaders = new ConcurrentHashMap<>();

    private final XadesWriting xades;
    private final EnvelopeWriting envelopes;

    public KeySigner(PrivateKey key, X509Certificate certificate) {
        this(key, certificate, Clock.systemUTC());
    }

    /** @param clock for the signing times */
    public KeySigner(PrivateKey key, X509Certificate certificate, Clock clock) {
        byte[] encoded = encoded(certificate);
        this.key = KeyObjects.key(key);
        this.algorithm = SignatureAlgorithm.usualFor(certificate.getPublicKey());
        this.certificate = CanonicalText.base64(encoded);
        this.detachedHeader = header(Map.of("alg", algorithm.jwsName(), "x5c", List.of(this.certificate)));
        this.xades = new XadesWriting(algorithm, encoded, clock);
        this.envelopes = new EnvelopeWriting(algorithm, this.certificate, clock);
        byte[] anything = {1};
        if (!algorithm.verifies(known(certificate), anything, sign(anything))) {
            throw new IllegalArgumentException("the key does not belong to the certificate");
        }
    }

    @Override
    public String detachedJws(byte[] payload) {
        byte[] encoded = Base64.getUrlEncoder().withoutPadding().encode(payload);
        return detachedHeader + ".." + jwsValue(detachedHeader, encoded);
    }

    @Override
    public String compactJws(String type, byte[] payload) {
        String header = typedHeaders.computeIfAbsent(
                type, typ -> header(Map.of("alg", algorithm.jwsName(), "typ", typ, "x5c", List.of(certificate))));
        byte[] encoded = Base64.getUrlEncoder().withoutPadding().encode(payload);
        return header + "." + new String(encoded, US_ASCII) + "." + jwsValue(header, encoded);
    }

    @Override
    public byte[] xml(byte[] document) {
        try {
            return xades.sign(HardenedXml.parse(document), this::sign);
        } catch (Malformed e) {
            throw new IllegalArgumentException("what cannot be read is not signed: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] envelope(byte[] bodyChild, boolean soap12) {
        try {
            return envelopes.sign(HardenedXml.parse(bodyChild), soap12, this::sign);
        } catch (Malformed e) {
            throw new IllegalArgumentException("what cannot be read is not signed: " + e.getMessage(), e);
        }
    }

    private byte[] sign(byte[] input) {
        return algorithm.sign(key, input);
    }

    private String jwsValue(String header, byte[] encodedPayload) {
        byte[] input = new byte[header.length() + 1 + encodedPayload.length];
        System.arraycopy(header.getBytes(US_ASCII), 0, input, 0, header.length());
        input[header.length()] = '.';
        System.arraycopy(encodedPayload, 0, input, header.length() + 1, encodedPayload.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sign(input));
    }

    private static String header(Map<String, Object> members) {
        byte[] json = HardenedJson.write(new TreeMap<>(members));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no bytes", e);
        }
    }

    private static KeyObjects.Known known(X509Certificate certificate) {
        try {
            return KeyObjects.of(certificate);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the certificate's key is of no kind that may sign", e);
        }
    }
}
