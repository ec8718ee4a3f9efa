package io.chapar.trust;

import java.util.Map;
import java.util.Set;

/**
 * A JWS that carries its payload, in the flattened JSON form (RFC 7515, section 7.2.2): exactly the members
 * {@code protected}, {@code payload} and {@code signature}. It is only taken apart here, and proves nothing yet.
 *
 * @param detached the same signature as a detached JWS
 */
public record FlattenedJws(byte[] payload, String detached) {

    private static final Set<String> MEMBERS = Set.of("protected", "payload", "signature");

    /** @throws Malformed when it is not such an object; what is in it besides would not be signed */
    public static FlattenedJws read(byte[] object) throws Malformed {
        Map<String, Object> members = HardenedJson.parse(object);
        if (!members.keySet().equals(MEMBERS)
                || !(members.get("protected") instanceof String header)
                || !(members.get("payload") instanceof String payload)
                || !(members.get("signature") instanceof String signature)
                || header.indexOf('.') >= 0
                || signature.indexOf('.') >= 0) {
            throw new Malformed("a flattened JWS has the texts protected, payload and signature, and nothing else");
        }
        try {
            return new FlattenedJws(JwsHeaders.decode(payload), header + ".." + signature);
        } catch (SignatureRefused e) {
            throw new Malformed("the payload of the JWS is not base64url without padding");
        }
    }
}
