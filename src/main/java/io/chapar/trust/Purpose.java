package io.chapar.trust;

/** What a certificate is used for. */
public enum Purpose {
    TLS_CLIENT,
    TLS_SERVER,
    SIGNATURE,
    TIMESTAMP,
    ENCRYPTION
}
