package io.chapar.message;

/** The two forms in which a message is sent or received; they say the same. */
public enum Format {
    XML("application/xml"),
    JSON("application/json");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }
}
