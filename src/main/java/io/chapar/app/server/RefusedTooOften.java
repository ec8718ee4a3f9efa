package io.chapar.app.server;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;

/** Of whose requests so many were refused that none is looked at for a while. */
@FunctionalInterface
public interface RefusedTooOften {

    /**
     * How long, if at all. For who is no party, each request counts as one that is refused.
     *
     * @param caller the certificate at the other end of the connection, if one was shown
     * @param message whether it hands in a message or a question; a party that may not do so now still fetches,
     *     acknowledges and asks where its messages are
     */
    Optional<Duration> pause(Optional<X509Certificate> caller, boolean message);
}
