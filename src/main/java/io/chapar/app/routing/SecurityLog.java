package io.chapar.app.routing;

import io.chapar.message.Passage;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was refused before we knew who was there: a few lines a second in full, the rest as a number. */
final class SecurityLog {

    private static final Logger LOG = LoggerFactory.getLogger("chapar.security");
    private static final int LINES_A_SECOND = 20;

    private final Clock clock;
    private final AtomicLong second = new AtomicLong();
    private final AtomicInteger inThisSecond = new AtomicInteger();

    SecurityLog(Clock clock) {
        this.clock = clock;
    }

    void refused(Passage.Refused refused) {
        long now = clock.instant().getEpochSecond();
        long before = second.getAndSet(now);
        if (before != now) {
            int suppressed = inThisSecond.getAndSet(0) - LINES_A_SECOND;
            if (suppressed > 0) {
                LOG.warn("{} more were refused before they were authenticated", suppressed);
            }
        }
        if (inThisSecond.incrementAndGet() <= LINES_A_SECOND) {
            LOG.warn(
                    "refused code={} door={} traceId={}",
                    refused.problem().code().code(),
                    refused.arrived().door(),
                    refused.arrived().traceId());
        }
    }
}
