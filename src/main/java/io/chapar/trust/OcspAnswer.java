package io.chapar.trust;

import java.time.Instant;

/**
 * What an authority says of one certificate, believed.
 *
 * @param status {@code VALID}, {@code REVOKED}, or {@code UNTRUSTED} when the authority does not know it
 * @param thisUpdate when it was known to be so
 * @param nextUpdate until when it is to be relied on
 */
record OcspAnswer(CertificateStatus status, Instant thisUpdate, Instant nextUpdate) {}
