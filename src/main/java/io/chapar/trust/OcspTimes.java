package io.chapar.trust;

import java.time.Duration;

/**
 * How OCSP responders are asked.
 *
 * @param longestWait how long a message waits for the first answer about a certificate; it waits for none that follows
 * @param every how often a certificate in use is asked about, if its answer does not lapse before
 * @param grace how long an answer is relied on after its next one was due
 */
public record OcspTimes(Duration longestWait, Duration every, Duration grace) {}
