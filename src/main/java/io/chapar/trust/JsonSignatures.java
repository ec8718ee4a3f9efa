package io.chapar.trust;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;

public final class JsonSignatures {

    /** @param byThumbprint finds a party's signing certificate by the base64url SHA-256 of its bytes */
    public JsonSignatures(Function<String, Optional<X509Certificate>> byThumbprint) {}

    /** Verifies a detached JWS (RFC 7515 appendix F, RFC 7797) over exactly these bytes. */
    public SignedPayload verify(byte[] payload, String detached) throws SignatureRefused {
        throw new UnsupportedOperationException();
    }

    /** Verifies a compact JWS, such as a receipt. */
    public SignedPayload verifyCompact(String compact) throws SignatureRefused {
        throw new UnsupportedOperationException();
    }
}
