package io.chapar.message;

/** Signs in the gateway's name. Made by {@code trust}; everyone else only asks. */
public interface Signer {

    /** A detached JWS (RFC 7515, appendix F) over exactly these bytes, with the certificate in {@code x5c}. */
    String detachedJws(byte[] payload);

    /** A compact JWS with this {@code typ}. */
    String compactJws(String type, byte[] payload);

    /** The document with an enveloped XAdES-B-B signature as last child of its root. */
    byte[] xml(byte[] document);

    /**
     * A SOAP envelope with these bytes (one XML element) as the body's only child, Body and Timestamp signed.
     *
     * @param soap12 whether to write SOAP 1.2 instead of 1.1
     */
    byte[] envelope(byte[] bodyChild, boolean soap12);
}
