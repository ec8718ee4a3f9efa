package io.chapar.app.door;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What can be set about the doors.
 *
 * @param maximumBytes the largest body without attachments; the doors read one byte more at most, and the stage {@code accept} refuses it
 * @param publicAddress under which agencies reach this gateway, when it stands behind a balancer under another name
 * @param schemas the folder of schemas and samples
 * @param invisible how long what was handed out of a mailbox is not handed out again
 * @param longestWait of a caller for its mailbox
 * @param mostDeliveries handed out at once
 */
public record DoorSettings(
        int maximumBytes,
        Optional<URI> publicAddress,
        Path schemas,
        Duration invisible,
        Duration longestWait,
        int mostDeliveries) {

    public DoorSettings {
        if (maximumBytes < 1024) {
            throw new IllegalArgumentException("chapar.doors.maximum-bytes is too small for any message");
        }
        if (invisible.isNegative() || invisible.isZero()) {
            throw new IllegalArgumentException("chapar.doors.mailbox-invisible must be longer than nothing");
        }
        if (mostDeliveries < 1) {
            throw new IllegalArgumentException("chapar.doors.most-deliveries must be at least 1");
        }
    }
}
