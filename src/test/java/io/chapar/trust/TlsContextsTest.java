package io.chapar.trust;

import java.io.OutputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TlsContextsTest {

    private static final TestPki PKI = new TestPki("contexts");

    @Test
    void refused_when_a_client_of_an_older_version_begins_the_handshake_anew() throws Exception {
        TestPki.Identity server = PKI.tls("localhost");
        ExecutorService serving = Executors.newSingleThreadExecutor();
        try (SSLServerSocket listening = (SSLServerSocket)
                        TlsContexts.server(server.keys().getPrivate(), server.certificate(), List.of(PKI.authority()))
                                .getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SSLSocket client = (SSLSocket) TlsContexts.anonymousClient(List.of(PKI.authority()))
                        .getSocketFactory()
                        .createSocket()) {
            listening.setEnabledProtocols(new String[] {"TLSv1.2"});
            Future<?> served = serving.submit(() -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                    return accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
            });
            client.connect(listening.getLocalSocketAddress());
            client.setSoTimeout(20_000);
            client.startHandshake();
            client.getOutputStream().write(1);

            assertThatThrownBy(() -> {
                        client.startHandshake();
                        client.getInputStream().read();
                    })
                    .isInstanceOf(SSLException.class);
            assertThatThrownBy(served::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SSLException.class);
        } finally {
            serving.shutdownNow();
        }
    }
}
