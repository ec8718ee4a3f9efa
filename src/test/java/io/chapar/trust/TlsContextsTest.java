package io.chapar.trust;

import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TlsContextsTest {

    private static final TestPki PKI = new TestPki("contexts");

    @TempDir
    Path folder;

    @Test
    void refused_when_a_servers_authority_counts_no_longer_or_not_yet() throws Exception {
        TestPki other = new TestPki("other");
        Path lists = Files.writeString(
                folder.resolve("lists.pem"),
                Files.readString(PKI.writeList(folder)) + Files.readString(other.writeList(folder)));
        CertificatePaths paths =
                new CertificatePaths(List.of(PKI.authority()), lists, Duration.ofDays(10_000), TestPki.CLOCK);
        TestPki.Identity own = PKI.tls("localhost");
        SSLContext client = TlsContexts.client(own.keys().getPrivate(), own.certificate(), paths);
        Authorities before = paths.authorities();

        assertThatThrownBy(() -> handshake(client, other)).isInstanceOf(SSLException.class);
        paths.trust(Authorities.of(List.of(PKI.authority(), other.authority())));
        handshake(client, other);
        paths.trust(before);
        assertThatThrownBy(() -> handshake(client, other)).isInstanceOf(SSLException.class);
    }

    /** With a server of its own, so that no session is resumed. */
    private static void handshake(SSLContext client, TestPki servers) throws Exception {
        TestPki.Identity server = servers.tls("localhost");
        ExecutorService serving = Executors.newSingleThreadExecutor();
        try (SSLServerSocket listening = (SSLServerSocket)
                        TlsContexts.server(server.keys().getPrivate(), server.certificate(), List.of(PKI.authority()))
                                .getServerSocketFactory()
                                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SSLSocket connecting = (SSLSocket) client.getSocketFactory().createSocket()) {
            Future<?> served = serving.submit(() -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                    accepted.startHandshake();
                    return accepted.getSession().getProtocol();
                }
            });
            connecting.connect(listening.getLocalSocketAddress());
            connecting.setSoTimeout(20_000);
            connecting.startHandshake();
            served.get();
        } finally {
            serving.shutdownNow();
        }
    }

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
