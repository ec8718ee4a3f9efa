package io.chapar.sandbox.load;

import java.time.Duration;

/**
 * What makes a gateway that was just started as fast as it will be. A cold one is asked for no steady rate: each connection
 * sends its next message when it has the answer to the one before.
 */
final class WarmUp {

    private static final int CONNECTIONS = 16;

    private WarmUp() {}

    /** Returns when all that was accepted is delivered; what was refused is told. */
    static void of(Station station, Duration time) throws InterruptedException {
        Findings findings = station.findings();
        findings.say("Warming up for %d s, as fast as %d connections carry it", time.toSeconds(), CONNECTIONS);
        Traffic traffic = Traffic.asFastAsItGoes(
                CONNECTIONS,
                Long.MAX_VALUE,
                time,
                station.mail(),
                station.counter().fresh(),
                () -> station.source().next(station.mail()));
        traffic.tellRefused(findings, "in the warm-up");
        findings.must(
                station.awaitArrived(traffic, traffic.owed().keySet()),
                "not all that was accepted in the warm-up was delivered");
    }
}
