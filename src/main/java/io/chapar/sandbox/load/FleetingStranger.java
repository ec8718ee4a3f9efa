package io.chapar.sandbox.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Connects anew for each request, and hangs up without hearing the answer: each costs the gateway a handshake. */
final class FleetingStranger {

    private static final byte[] REQUEST =
            "GET /api/v1/exchanges HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 60_000;

    private final URI gateway;
    private final SSLContext tls;

    /** @param tls that shows no certificate */
    FleetingStranger(URI gateway, SSLContext tls) {
        this.gateway = gateway;
        this.tls = tls;
    }

    /** Returns when it was heard, or turned away. */
    void call() throws IOException {
        try (SSLSocket socket =
                (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), gateway.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            socket.getOutputStream().write(REQUEST);
        }
    }
}
