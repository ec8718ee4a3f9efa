package io.chapar.accept;

/**
 * How much of a multipart is taken.
 *
 * @param document of its first part, the only one that is held in memory
 * @param file of each other part
 * @param together of all of it
 */
public record AttachmentLimits(int document, long file, long together) {

    /** For whoever reads agreements and takes no messages. */
    public static final AttachmentLimits NONE = new AttachmentLimits(1024, Long.MAX_VALUE, Long.MAX_VALUE);

    public AttachmentLimits {
        if (document < 1024 || file < 1 || together < file) {
            throw new IllegalArgumentException("chapar.attachments.largest-document is at least 1 KB,"
                    + " chapar.attachments.largest at least a byte, and"
                    + " chapar.attachments.largest-together at least as much as that");
        }
    }
}
