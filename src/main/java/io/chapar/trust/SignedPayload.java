package io.chapar.trust;

import io.chapar.message.Digest;
import java.security.cert.X509Certificate;

/**
 * Bytes whose JWS verifies.
 *
 * @param payload exactly the bytes that the signature covers
 * @param type the header's {@code typ}, or empty
 * @param signer whose key made the signature; whether it may be trusted is for {@link CertificatePaths} to say
 */
public record SignedPayload(byte[] payload, String type, Digest contentDigest, X509Certificate signer) {}
