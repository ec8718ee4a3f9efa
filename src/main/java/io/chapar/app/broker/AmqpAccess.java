package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * How parties reach their queues from outside: AMQP 1.0 over TLS, each as the party whose certificate it shows.
 *
 * @param host the address to listen on
 * @param port to listen on; 0 is any free one
 * @param protocols of TLS that are spoken
 * @param tls asked for every connection, so that replaced certificates are used at once
 * @param party who shows this chain; empty when nobody is known by it, now
 * @param owners the parties that have queues
 * @param maximumBytes of a message; a larger one is not kept, and its sender is told
 * @param mostWrittenBytes that one party has written and the gateway has not taken; then its writes are rejected
 */
public record AmqpAccess(
        String host,
        int port,
        List<String> protocols,
        Supplier<SSLContext> tls,
        Function<List<X509Certificate>, Optional<PartyCode>> party,
        Set<PartyCode> owners,
        int maximumBytes,
        long mostWrittenBytes) {

    public AmqpAccess {
        protocols = List.copyOf(protocols);
        owners = Set.copyOf(owners);
    }
}
