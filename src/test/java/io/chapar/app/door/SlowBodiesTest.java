package io.chapar.app.door;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** More bodies that do not come than the server has threads; others are served as long as nobody is given up. */
class SlowBodiesTest {

    private static final int MORE_THAN_THREADS = TestGateway.THREADS + 10;
    /** Of the three quarters for who has a certificate, one caller gets half; and so of the eighth for all others. */
    private static final int WAITED_FOR = 15;

    private static final int READ_AWAY = 3;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String POST =
            "POST /api/v1/exchanges/test-notice HTTP/1.1\r\nHost: localhost\r\n" + "Content-Type: application/json\r\n";
    private static final String WHOLE = POST + "Content-Length: 2\r\n\r\n{}";
    private static final String BEGUN = POST + "Content-Length: 5000\r\n\r\n{";
    private static final String REST = " ".repeat(4999);
    private static final String ANOTHER = "GET /api/v1/exchanges HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final List<Slow> open = new ArrayList<>();
    private final ExecutorService listening = Executors.newCachedThreadPool();

    @AfterEach
    void close() throws IOException {
        for (Slow each : open) {
            each.socket.close();
        }
        listening.shutdownNow();
    }

    @Test
    void of_who_shows_a_certificate_so_many_are_waited_for_and_the_rest_refused_at_once() throws Exception {
        SSLContext stranger = TestGateway.tlsOfAnotherStranger();
        begin(stranger);
        await().untilAsserted(() -> assertThat(answered()).hasSize(MORE_THAN_THREADS - WAITED_FOR));

        others_are_served_in_pieces();
        whole_messages_of_the_same_caller_are_served(stranger);
        an_envelope_is_refused_by_a_fault(stranger);

        assertThat(answered()).hasSize(MORE_THAN_THREADS - WAITED_FOR);
        for (Slow each : open) {
            if (each.answer.isDone()) {
                assertThat(each.answer.get()).startsWith("HTTP/1.1 429 ");
                assertThat(each.untilItCloses()).contains("Retry-After: 1", "\"quota\"");
            } else {
                each.write(REST);
                assertThat(each.answer.get()).startsWith("HTTP/1.1 202 ");
            }
        }
    }

    @Test
    void whose_body_nobody_wants_is_told_so_and_only_a_few_are_read_away() throws Exception {
        begin(TestGateway.tlsOfNobody());
        await().untilAsserted(() -> assertThat(answered()).hasSize(MORE_THAN_THREADS));

        others_are_served_in_pieces();
        whole_messages_of_the_same_caller_are_served(TestGateway.tlsOfNobody());

        int readAway = 0;
        for (Slow each : open) {
            if (each.answer.get().startsWith("HTTP/1.1 429 ")) {
                assertThat(each.untilItCloses()).contains("\"quota\"");
            } else {
                each.write(REST + ANOTHER);
                assertThat(each.untilLine("HTTP/1.1 "))
                        .as("the next answer on the same connection")
                        .isTrue();
                readAway++;
            }
        }
        assertThat(readAway).isEqualTo(READ_AWAY);
    }

    @Test
    void who_asks_at_length_for_what_is_not_there_yet_is_answered_although_its_own_body_never_ends() throws Exception {
        Slow asking = begin(
                TestGateway.tlsOfMj(),
                "GET /api/v1/deliveries?wait=1 HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(asking.answer.get()).startsWith("HTTP/1.1 200 ");
        assertThat(asking.untilItCloses()).contains("\"deliveries\":[]");
    }

    @Test
    void who_asks_at_length_with_an_empty_body_in_chunks_asks_again_on_the_same_connection() throws Exception {
        Slow asking = begin(
                TestGateway.tlsOfMj(),
                "GET /api/v1/deliveries?wait=1 HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                        + ANOTHER);
        assertThat(asking.answer.get()).startsWith("HTTP/1.1 200 ");
        assertThat(asking.untilLine("HTTP/1.1 200 ")).isTrue();
    }

    @Test
    void who_asks_whether_to_send_what_nobody_wants_is_answered_before_the_connection_ends() throws Exception {
        Slow asking = begin(
                TestGateway.tls(),
                "GET /api/v1/exchanges HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
        assertThat(asking.answer.get()).startsWith("HTTP/1.1 100 ");
        assertThat(asking.untilItCloses()).contains("HTTP/1.1 200 ", "\"exchanges\"");
    }

    private static void others_are_served_in_pieces() throws IOException {
        HttpResponse<String> inPieces = TestGateway.send(
                TestGateway.asMj(),
                TestGateway.to("/api/v1/exchanges/test-notice")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArrays(
                                List.of("{".getBytes(StandardCharsets.UTF_8), "}".getBytes(StandardCharsets.UTF_8)))));
        assertThat(inPieces.statusCode()).isEqualTo(202);
    }

    /** In one record of TLS. */
    private void whole_messages_of_the_same_caller_are_served(SSLContext tls) throws Exception {
        Slow whole = begin(tls, WHOLE);
        assertThat(whole.answer.get()).startsWith("HTTP/1.1 202 ");
    }

    private void an_envelope_is_refused_by_a_fault(SSLContext tls) throws Exception {
        Slow envelope = begin(
                tls,
                "POST /ws/test-notice HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                        + "Content-Length: 5000\r\n\r\n<");
        assertThat(envelope.answer.get()).startsWith("HTTP/1.1 500 ");
        assertThat(envelope.untilItCloses()).contains("Retry-After: 1", "soap:Server", "<code>quota</code>");
    }

    private void begin(SSLContext tls) throws IOException {
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            open.add(begin(tls, BEGUN));
        }
    }

    private Slow begin(SSLContext tls, String bytes) throws IOException {
        Socket socket = tls.getSocketFactory().createSocket("localhost", TestGateway.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        Slow slow = new Slow(socket, listening);
        slow.write(bytes);
        return slow;
    }

    private List<Slow> answered() {
        return open.stream().filter(each -> each.answer.isDone()).toList();
    }

    private static final class Slow {

        private final Socket socket;
        private final BufferedReader in;
        private final Future<String> answer;

        Slow(Socket socket, ExecutorService listening) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            this.answer = listening.submit(in::readLine);
        }

        void write(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        String untilItCloses() {
            return String.join("\n", in.lines().toList());
        }

        boolean untilLine(String beginning) throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.contains(beginning)) {
                    return true;
                }
            }
            return false;
        }
    }
}
