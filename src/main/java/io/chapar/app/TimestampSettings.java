package io.chapar.app;

import io.chapar.trust.HttpAuthority;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the ledger's checkpoints get their timestamps.
 *
 * @param url of an RFC 3161 authority; {@code sandbox}: the sandbox's own; empty: none, and nothing is ever stopped.
 *     Production takes neither of these
 * @param every between two timestamps, while there is something new
 * @param grace how long anything recorded may wait for a timestamp before nothing more is accepted
 * @param timeout until the authority's answer is complete
 * @param policy the only one under which a timestamp is wanted, as an object identifier; empty: any
 */
@ConfigurationProperties("chapar.timestamps")
public record TimestampSettings(
        @DefaultValue("sandbox") String url,
        @DefaultValue("1m") Duration every,
        @DefaultValue("24h") Duration grace,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("") String policy) {

    private static final Duration LEAST = Duration.ofSeconds(1);

    public TimestampSettings {
        require(every.compareTo(LEAST) >= 0, "every must be at least 1s");
        require(grace.compareTo(every) > 0, "grace must be longer than chapar.timestamps.every");
        require(timeout.compareTo(LEAST) >= 0, "timeout must be at least 1s");
        require(
                policy.isEmpty() || policy.matches("[0-2](\\.(0|[1-9][0-9]*))+"),
                "policy must be an object identifier, as 1.2.3");
    }

    /**
     * Where to ask; empty when timestamps are not wanted.
     *
     * @param sandboxPort where the sandbox's own authority listens
     */
    Optional<URI> address(boolean production, int sandboxPort) {
        boolean own = url.equals("sandbox");
        if (production && (own || url.isBlank())) {
            throw new IllegalStateException("chapar.timestamps.url is " + (own ? url : "empty")
                    + ", and chapar.mode is not sandbox: set it to the address of an RFC 3161 timestamping authority");
        }
        if (url.isBlank()) {
            return Optional.empty();
        }
        URI address = URI.create(own ? "https://localhost:" + sandboxPort + "/timestamps" : url);
        require(HttpAuthority.canBeAsked(address), "url must begin with https:// or http:// and name a host");
        return Optional.of(address);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("chapar.timestamps." + rule);
        }
    }
}
