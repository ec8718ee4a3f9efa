package io.chapar.trust;

/** What is to be thought of a certificate at this moment. */
public enum CertificateStatus {
    VALID,
    /** Its issuer took it back. */
    REVOKED,
    /** It is no longer or not yet valid; below an authority that is not in time, it is untrusted. */
    EXPIRED,
    /** No path leads to a configured anchor, it was not issued for this purpose, or its issuer's responder knows no such. */
    UNTRUSTED,
    /** Neither a current revocation list nor a current OCSP answer says whether it was taken back. */
    UNDETERMINED
}
