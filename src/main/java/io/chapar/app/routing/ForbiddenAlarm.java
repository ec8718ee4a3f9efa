package io.chapar.app.routing;

import io.chapar.console.Metrics;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Raises the alarm when somebody tries what the law forbids (¶129): a line that can be found by its marker and its first
 * words, and a count on which an alert rule stands. Both say who and by which exchange, not what.
 */
final class ForbiddenAlarm {

    private static final Logger LOG = LoggerFactory.getLogger("chapar.security");
    private static final Marker FORBIDDEN = MarkerFactory.getMarker("FORBIDDEN");

    private final Metrics metrics;

    ForbiddenAlarm(Metrics metrics) {
        this.metrics = metrics;
    }

    void raise(Passage.Refused refused, PartyCode party) {
        metrics.forbidden();
        LOG.error(
                FORBIDDEN,
                "forbidden attempt party={} exchange={} messageId={} door={} traceId={}",
                party,
                refused.arrived().exchange(),
                refused.messageId().map(Object::toString).orElse("unread"),
                refused.arrived().door(),
                refused.arrived().traceId());
    }
}
