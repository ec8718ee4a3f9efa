package io.chapar.trust;

import io.chapar.message.Digest;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * Verifies JWS: detached over bytes that travel beside it (RFC 7515 appendix F, also with {@code b64: false} of RFC
 * 7797), and compact. Nothing in a header is followed anywhere.
 */
public final class JsonSignatures {

    private static final int LONGEST = 100_000;

    private final Function<String, Optional<X509Certificate>> byThumbprint;
    private final JwsHeaders headers = new JwsHeaders();

    /** @param byThumbprint finds a party's signing certificate by the base64url SHA-256 of its bytes */
    public JsonSignatures(Function<String, Optional<X509Certificate>> byThumbprint) {
        this.byThumbprint = byThumbprint;
    }

    /** Verifies a detached JWS over exactly these bytes. */
    public SignedPayload verify(byte[] payload, String detached) throws SignatureRefused {
        if (detached.isBlank()) {
            throw SignatureRefused.missing("X-JWS-Signature is empty");
        }
        String[] parts = parts(detached.strip());
        if (!parts[1].isEmpty()) {
            throw SignatureRefused.invalid("the JWS is not detached: its second part must be empty");
        }
        JwsHeaders.Header header = headers.read(parts[0]);
        byte[] signed =
                header.encoded() ? Base64.getUrlEncoder().withoutPadding().encode(payload) : payload;
        return verified(header, parts[0], signed, parts[2], payload);
    }

    /** Verifies a compact JWS that carries its payload, such as a receipt. */
    public SignedPayload verifyCompact(String compact) throws SignatureRefused {
        String[] parts = parts(compact.strip());
        JwsHeaders.Header header = headers.read(parts[0]);
        if (!header.encoded()) {
            throw SignatureRefused.invalid("a JWS that carries its payload must encode it");
        }
        byte[] payload = JwsHeaders.decode(parts[1]);
        return verified(header, parts[0], parts[1].getBytes(StandardCharsets.US_ASCII), parts[2], payload);
    }

    /** Verifies a detached JWS over bytes that are too many to hold: they are fed to what this returns. */
    public StreamedSignature stream(String detached) throws SignatureRefused {
        if (detached.isBlank()) {
            throw SignatureRefused.missing("X-JWS-Signature is empty");
        }
        String[] parts = parts(detached.strip());
        if (!parts[1].isEmpty()) {
            throw SignatureRefused.invalid("the JWS is not detached: its second part must be empty");
        }
        JwsHeaders.Header header = headers.read(parts[0]);
        KeyObjects.Known signer = signer(header);
        return new StreamedSignature(header, signer, parts[0], JwsHeaders.decode(parts[2]));
    }

    private SignedPayload verified(
            JwsHeaders.Header header, String protectedHeader, byte[] signed, String signature, byte[] payload)
            throws SignatureRefused {
        KeyObjects.Known signer = signer(header);
        byte[] input = new byte[protectedHeader.length() + 1 + signed.length];
        System.arraycopy(protectedHeader.getBytes(StandardCharsets.US_ASCII), 0, input, 0, protectedHeader.length());
        input[protectedHeader.length()] = '.';
        System.arraycopy(signed, 0, input, protectedHeader.length() + 1, signed.length);
        if (!header.algorithm().verifies(signer, input, JwsHeaders.decode(signature))) {
            throw SignatureRefused.invalid("the JWS does not verify over these bytes with its certificate's key");
        }
        return new SignedPayload(payload, header.type(), Digest.of(payload), signer.certificate());
    }

    private KeyObjects.Known signer(JwsHeaders.Header header) throws SignatureRefused {
        if (header.signer().isPresent()) {
            return header.signer().get();
        }
        X509Certificate certificate = byThumbprint
                .apply(header.thumbprint())
                .orElseThrow(() -> SignatureRefused.invalid("x5t#S256 names no certificate of a party"));
        try {
            return KeyObjects.of(certificate);
        } catch (CertificateException e) {
            throw SignatureRefused.invalid("the certificate's key is of no kind that may sign");
        }
    }

    private static String[] parts(String jws) throws SignatureRefused {
        if (jws.length() > LONGEST) {
            throw SignatureRefused.invalid("the JWS is longer than " + LONGEST + " characters");
        }
        String[] parts = jws.split("\\.", -1);
        if (parts.length != 3) {
            throw SignatureRefused.invalid("a JWS has three parts divided by full stops");
        }
        return parts;
    }
}
