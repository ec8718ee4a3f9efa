package io.chapar.trust;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the protected headers of JWS. A sender's header is the same for every message, certificate and all, so what was
 * read is kept. {@code jku}, {@code x5u} and {@code jwk} are never looked at.
 */
final class JwsHeaders {

    private static final int MOST_KEPT = 4_096;

    /** In characters, room for a few certificates: what is kept has a bound, whatever senders put into headers. */
    private static final int LONGEST_KEPT = 16_384;

    private final Map<String, Header> kept = new ConcurrentHashMap<>();

    /**
     * What matters of a header.
     *
     * @param encoded false for {@code b64: false}: the signature is over the payload as it is
     * @param signer from {@code x5c}
     * @param thumbprint {@code x5t#S256}, or empty when there is {@code x5c}
     */
    record Header(
            SignatureAlgorithm algorithm,
            boolean encoded,
            String type,
            Optional<KeyObjects.Known> signer,
            String thumbprint) {}

    Header read(String encodedHeader) throws SignatureRefused {
        Header known = kept.get(encodedHeader);
        if (known != null) {
            return known;
        }
        Header header = header(encodedHeader);
        if (encodedHeader.length() > LONGEST_KEPT) {
            return header;
        }
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        kept.put(encodedHeader, header);
        return header;
    }

    private static Header header(String encodedHeader) throws SignatureRefused {
        Map<String, Object> members;
        try {
            members = HardenedJson.parse(decode(encodedHeader));
        } catch (Malformed e) {
            throw SignatureRefused.invalid("the JWS header cannot be read: " + e.getMessage());
        }
        SignatureAlgorithm algorithm = members.get("alg") instanceof String name
                ? SignatureAlgorithm.ofJwsName(name)
                        .orElseThrow(() -> SignatureRefused.invalid("alg is none of ES256, ES384, PS256, RS256, EdDSA"))
                : refuse("the JWS header has no alg");
        Optional<KeyObjects.Known> signer = signer(members);
        return new Header(
                algorithm,
                encoded(members),
                members.get("typ") instanceof String type ? type : "",
                signer,
                thumbprint(members, signer));
    }

    /** RFC 7797, section 6: who sets b64 must make it critical. RFC 7515, section 4.1.11: what is critical must be known. */
    private static boolean encoded(Map<String, Object> members) throws SignatureRefused {
        if (!members.containsKey("crit") && !members.containsKey("b64")) {
            return true;
        }
        if (!List.of("b64").equals(members.get("crit"))) {
            return refuse("crit may name b64 and nothing else, and must where b64 is set");
        }
        return members.get("b64") instanceof Boolean encoded ? encoded : refuse("b64 is neither true nor false");
    }

    private static Optional<KeyObjects.Known> signer(Map<String, Object> members) throws SignatureRefused {
        if (!members.containsKey("x5c")) {
            return Optional.empty();
        }
        if (!(members.get("x5c") instanceof List<?> chain)
                || chain.isEmpty()
                || !(chain.get(0) instanceof String certificate)) {
            return refuse("x5c is not a list of certificates");
        }
        try {
            return Optional.of(KeyObjects.of(Base64.getDecoder().decode(certificate)));
        } catch (IllegalArgumentException | CertificateException e) {
            return refuse("the first certificate of x5c cannot be read or used");
        }
    }

    private static String thumbprint(Map<String, Object> members, Optional<KeyObjects.Known> signer)
            throws SignatureRefused {
        if (!members.containsKey("x5t#S256")) {
            return signer.isPresent() ? "" : refuse("the JWS header has neither x5c nor x5t#S256");
        }
        if (!(members.get("x5t#S256") instanceof String thumbprint) || thumbprint.isEmpty()) {
            return refuse("x5t#S256 is not a text");
        }
        if (signer.isPresent()
                && !CertificatesByThumbprint.thumbprint(signer.get().certificate())
                        .equals(thumbprint)) {
            return refuse("x5c and x5t#S256 name different certificates");
        }
        return thumbprint;
    }

    /** Base64url in its one form: without padding, without other characters, without loose bits at the end. */
    static byte[] decode(String text) throws SignatureRefused {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            byte[] again = Base64.getUrlEncoder().withoutPadding().encode(bytes);
            if (again.length == text.length() && text.equals(new String(again, StandardCharsets.US_ASCII))) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            return refuse("a part of the JWS is not base64url");
        }
        return refuse("a part of the JWS is not base64url without padding");
    }

    private static <T> T refuse(String reason) throws SignatureRefused {
        throw SignatureRefused.invalid(reason);
    }
}
