package io.chapar.sandbox.agency;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.chapar.sandbox.post.PartyKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one address of all agencies, on this machine only: {@code /<PARTY>/deliveries}, {@code /<PARTY>/soap} and
 * {@code /<PARTY>/queries} for the gateway and nobody else, {@code /control/} and {@code /timestamps} (RFC 3161) for
 * whoever has a development certificate.
 */
public final class AgencyServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgencyServer.class);
    private static final int THREADS = 64;
    private static final int BACKLOG = 512;

    static {
        // The platform's server sends head and body apart; with Nagle's algorithm each answer then waits 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    }

    private final HttpsServer server;
    private final ExecutorService threads;
    private final ScheduledExecutorService slow;
    private final Agencies agencies;
    private final X509Certificate gateway;

    /** @param port 0 for any that is free */
    public AgencyServer(int port, PartyKeys keys, Agencies agencies, ControlDesk control) {
        this.agencies = agencies;
        this.gateway = keys.tlsCertificate();
        this.threads = Executors.newFixedThreadPool(THREADS, work -> daemon(work, "sandbox-agency"));
        this.slow = Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "sandbox-slow"));
        try {
            this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot listen on port " + port, e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(keys.server()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters own = getSSLContext().getDefaultSSLParameters();
                own.setNeedClientAuth(true);
                parameters.setSSLParameters(own);
            }
        });
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.createContext("/control/", control::serve);
        server.createContext("/timestamps", agencies.timestamps()::serve);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    public void start() {
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void serve(HttpExchange call) throws IOException {
        Call read = Call.read(call);
        if (!fromGateway(call)) {
            send(call, Call.refused(403));
            return;
        }
        long delay = agencies.delay(read);
        if (delay == 0) {
            send(call, agencies.answer(read));
            return;
        }
        var unused = slow.schedule(() -> threads.execute(() -> sendLate(call, read)), delay, TimeUnit.MILLISECONDS);
    }

    private void sendLate(HttpExchange call, Call read) {
        try {
            send(call, agencies.answer(read));
        } catch (IOException e) {
            LOG.debug("the gateway did not wait for a slow agency", e);
        }
    }

    private boolean fromGateway(HttpExchange call) {
        try {
            return ((HttpsExchange) call)
                    .getSSLSession()
                    .getPeerCertificates()[0]
                    .equals(gateway);
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private static void send(HttpExchange call, Answer answer) throws IOException {
        if (answer.status() == 0) {
            call.close();
            return;
        }
        answer.jws().ifPresent(jws -> call.getResponseHeaders().set("X-JWS-Signature", jws));
        call.getResponseHeaders().set("Content-Type", answer.contentType());
        call.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        if (answer.cut()) {
            call.getResponseBody().write(answer.body(), 0, answer.body().length / 2);
            call.getResponseBody().flush();
            call.close();
            return;
        }
        try (OutputStream body = call.getResponseBody()) {
            body.write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        slow.shutdownNow();
    }
}
