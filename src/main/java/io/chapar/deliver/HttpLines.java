package io.chapar.deliver;

import io.chapar.message.PartyCode;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;

/** A line to each receiver, and another one for asking it, so that deliveries and questions do not wait for each other. */
public final class HttpLines implements AutoCloseable {

    private record Use(PartyCode party, boolean asking) {}

    private final Map<Use, HttpLine> lines = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor deadlines;
    private final SSLContext tls;
    private final DeliveryLimits limits;
    private final Clock clock;

    /** @param tls presents the gateway's TLS certificate and trusts the configured anchors only */
    public HttpLines(SSLContext tls, DeliveryLimits limits, Clock clock) {
        this.tls = tls;
        this.limits = limits;
        this.clock = clock;
        this.deadlines = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "deadlines of deliveries");
            thread.setDaemon(true);
            return thread;
        });
        this.deadlines.setRemoveOnCancelPolicy(true);
    }

    HttpLine delivering(PartyCode party) {
        return line(new Use(party, false));
    }

    HttpLine asking(PartyCode party) {
        return line(new Use(party, true));
    }

    private HttpLine line(Use use) {
        return lines.computeIfAbsent(
                use, fresh -> new HttpLine(tls, fresh.asking() ? limits.ofQueries() : limits, deadlines, clock));
    }

    @Override
    public void close() {
        lines.values().forEach(HttpLine::close);
        deadlines.shutdownNow();
    }
}
