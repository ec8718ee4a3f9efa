package io.chapar.app.broker;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gives the broker's acceptor the very TLS of the doors, instead of key stores of its own that would have to be kept in
 * step with theirs. The broker finds this class as a service and asks it by the acceptor's name.
 */
public final class AcceptorTls implements SSLContextFactory {

    private static final Map<String, Supplier<SSLContext>> CONTEXTS = new ConcurrentHashMap<>();

    /** Above the broker's own factories. */
    private static final int FIRST = 100;

    static void offer(String acceptor, Supplier<SSLContext> context) {
        CONTEXTS.put(acceptor, context);
    }

    static void withdraw(String acceptor) {
        CONTEXTS.remove(acceptor);
    }

    @Override
    public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> settings) {
        Object name = settings.get(TransportConstants.SSL_CONTEXT_PROP_NAME);
        Supplier<SSLContext> context = name == null ? null : CONTEXTS.get(name.toString());
        if (context == null) {
            throw new IllegalStateException("the broker has one TLS acceptor, and " + name + " is not its name");
        }
        return new Following(context);
    }

    @Override
    public int getPriority() {
        return FIRST;
    }

    /** Is whatever the doors' TLS is at the moment of a new connection. */
    private static final class Following extends SSLContext {

        Following(Supplier<SSLContext> current) {
            super(new Current(current), current.get().getProvider(), "TLS");
        }
    }

    private static final class Current extends SSLContextSpi {

        private final Supplier<SSLContext> context;

        Current(Supplier<SSLContext> context) {
            this.context = context;
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it is ready already");
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context.get().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return context.get().createSSLEngine(host, port);
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context.get().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.get().getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.get().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.get().getClientSessionContext();
        }
    }
}
