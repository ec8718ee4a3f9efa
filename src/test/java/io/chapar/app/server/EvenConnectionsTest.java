package io.chapar.app.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A server of few connections, and callers of two addresses. */
class EvenConnectionsTest {

    private static final int MOST = 9;
    private static final String ONE = "127.0.0.1";
    private static final String OTHER = "127.0.0.2";
    private static final byte[] REQUEST =
            "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Tomcat tomcat = PlainTomcat.make();
    private final List<Socket> open = new ArrayList<>();

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector(EvenConnections.class.getName());
        connector.setPort(0);
        connector.setProperty("address", "0.0.0.0");
        connector.setProperty("maxConnections", String.valueOf(MOST));
        tomcat.setConnector(connector);
        tomcat.addContext("", Files.createDirectories(folder.resolve("root")).toString());
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException, IOException {
        for (Socket each : open) {
            each.close();
        }
        tomcat.stop();
        tomcat.destroy();
    }

    private int stay(String from, int wanted) throws IOException {
        int stay = 0;
        for (int i = 0; i < wanted; i++) {
            Socket socket = new Socket(ONE, tomcat.getConnector().getLocalPort(), InetAddress.getByName(from), 0);
            socket.setSoTimeout(20_000);
            if (isServed(socket)) {
                open.add(socket);
                stay++;
            } else {
                socket.close();
            }
        }
        return stay;
    }

    private static boolean isServed(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write(REQUEST);
            StringBuilder answer = new StringBuilder();
            for (int next = 0; next >= 0 && !answer.toString().endsWith("\r\n\r\n"); ) {
                next = socket.getInputStream().read();
                answer.append((char) next);
            }
            return answer.toString().startsWith("HTTP/1.1 ");
        } catch (SocketException closed) {
            return false;
        }
    }

    @Test
    void refused_when_the_address_has_as_many_as_are_free_and_another_address_is_served() throws IOException {
        assertThat(stay(ONE, 2 * MOST)).isEqualTo(5);
        assertThat(stay(OTHER, MOST)).isEqualTo(2);
        for (Socket each : open) {
            assertThat(isServed(each)).as("who was there before is not touched").isTrue();
        }
    }

    @Test
    void there_is_room_again_when_one_ends() throws IOException {
        stay(ONE, MOST);
        open.remove(0).close();
        await().untilAsserted(() -> assertThat(stay(ONE, 1)).isEqualTo(1));
    }

    @Test
    void an_address_of_ipv6_counts_with_its_neighbours() throws UnknownHostException {
        assertThat(same("2001:db8:0:1::1", "2001:db8:0:1:ffff::2")).isTrue();
        assertThat(same("2001:db8:0:1::1", "2001:db8:0:2::1")).isFalse();
        assertThat(same("192.0.2.1", "192.0.2.1")).isTrue();
        assertThat(same("192.0.2.1", "192.0.2.2")).isFalse();
        assertThat(same("192.0.2.1", "2001:db8:0:1::1")).isFalse();
    }

    private static boolean same(String one, String other) throws UnknownHostException {
        return EvenConnections.sameNetwork(InetAddress.getByName(one), InetAddress.getByName(other));
    }
}
