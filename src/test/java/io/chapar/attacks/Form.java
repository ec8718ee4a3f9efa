package io.chapar.attacks;

/** How a message is signed. */
public enum Form {
    /** Plain XMLDSig, enveloped. */
    XML("application/xml"),
    /** XAdES-B-B, enveloped. */
    XADES("application/xml"),
    /** A detached JWS. */
    JSON("application/json"),
    /** WS-Security in an envelope of SOAP 1.2. */
    SOAP("application/soap+xml");

    private final String mediaType;

    Form(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    boolean isXml() {
        return this != JSON;
    }

    /** Whether the signature stands in the document that it signs. */
    boolean isEnveloped() {
        return this == XML || this == XADES;
    }
}
