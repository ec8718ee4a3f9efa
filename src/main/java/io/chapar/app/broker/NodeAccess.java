package io.chapar.app.broker;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * How gateway nodes reach a broker that is a process of its own: over TLS, with the gateway's own certificate.
 *
 * @param host the address to listen on
 * @param port to listen on; 0 is any free one
 * @param tls asked for every connection, so that replaced certificates are used at once
 * @param node whether who shows this chain is a node, now
 */
public record NodeAccess(String host, int port, Supplier<SSLContext> tls, Predicate<List<X509Certificate>> node) {}
