package io.chapar.app;

import io.chapar.accept.AttachmentLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be set about attachments.
 *
 * @param folder in which they lie, sealed; the nodes of one gateway share it
 * @param largest of them
 * @param largestTogether of a document and its attachments, as they are sent
 * @param largestDocument that comes with attachments
 * @param sweep how often those are looked for to which nothing refers
 * @param leftAlone so long after they were written, whatever refers to them
 */
@ConfigurationProperties("chapar.attachments")
public record AttachmentSettings(
        Path folder,
        @DefaultValue("50MB") DataSize largest,
        @DefaultValue("210MB") DataSize largestTogether,
        @DefaultValue("2MB") DataSize largestDocument,
        @DefaultValue("1h") Duration sweep,
        @DefaultValue("1h") Duration leftAlone) {

    /** Longer than any sender may take between its last byte and our receipt. */
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    public AttachmentSettings {
        if (largestTogether.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("chapar.attachments.largest-together is at most 2 GB");
        }
        if (largestDocument.toMegabytes() > 64) {
            throw new IllegalArgumentException("chapar.attachments.largest-document is at most 64MB");
        }
        if (sweep.compareTo(Duration.ofMinutes(1)) < 0 || leftAlone.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "chapar.attachments.sweep is at least 1m, chapar.attachments.left-alone at least 5m");
        }
    }

    public AttachmentLimits limits() {
        return new AttachmentLimits((int) largestDocument.toBytes(), largest.toBytes(), largestTogether.toBytes());
    }
}
