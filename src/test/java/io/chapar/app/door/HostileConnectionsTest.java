package io.chapar.app.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What a party, or anybody, can do to a connection byte by byte; an honest message passes meanwhile and afterwards. */
class HostileConnectionsTest {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String POST = "POST /api/v1/exchanges/test-notice HTTP/1.1\r\nHost: localhost\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    /** Hidden behind another request; nobody else sends to this exchange. */
    private static final String HIDDEN = "POST /api/v1/exchanges/test-smuggled HTTP/1.1\r\nHost: localhost\r\n" + JSON
            + "Content-Length: 2\r\n\r\n{}";

    @AfterEach
    void an_honest_message_passes() throws IOException {
        assertThat(honest().statusCode()).isEqualTo(202);
    }

    private static HttpResponse<String> honest() throws IOException {
        return TestGateway.send(
                TestGateway.asMh(),
                TestGateway.to("/api/v1/exchanges/test-notice")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}")));
    }

    /** Two readers of such a request could disagree where it ends. */
    static Stream<Arguments> ambiguous() {
        String chunked = "Transfer-Encoding: chunked\r\n";
        return Stream.of(
                arguments(
                        "a folded header",
                        JSON + "Transfer-Encoding:\r\n chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n" + HIDDEN),
                arguments("a chunk that ends in a line feed", JSON + chunked + "\r\n2\n{}\n0\n\n" + HIDDEN),
                arguments("length and chunks", JSON + "Content-Length: 6\r\n" + chunked + "\r\n0\r\n\r\n" + HIDDEN),
                arguments("chunks and length", JSON + chunked + "Content-Length: 6\r\n\r\n0\r\n\r\n" + HIDDEN),
                arguments("two lengths", JSON + "Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}" + HIDDEN),
                arguments("a list of lengths", JSON + "Content-Length: 2, 4\r\n\r\n{}" + HIDDEN),
                arguments("a length with a sign", JSON + "Content-Length: +2\r\n\r\n{}" + HIDDEN),
                arguments("a negative length", JSON + "Content-Length: -2\r\n\r\n{}" + HIDDEN),
                arguments("a length beyond a long", JSON + "Content-Length: 18446744073709551618\r\n\r\n{}" + HIDDEN),
                arguments("chunked twice", JSON + chunked + chunked + "\r\n0\r\n\r\n" + HIDDEN),
                arguments("a coding of nobody", JSON + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN),
                arguments(
                        "identity after chunked",
                        JSON + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN),
                arguments(
                        "a blank before the colon",
                        JSON + "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + HIDDEN),
                arguments("a vertical tab", JSON + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n" + HIDDEN),
                arguments("a zero byte in a header", JSON + "X-A: a\u0000b\r\nContent-Length: 2\r\n\r\n{}" + HIDDEN),
                arguments("a chunk's length in words", JSON + chunked + "\r\nzz\r\n{}\r\n0\r\n\r\n" + HIDDEN),
                arguments(
                        "a chunk beyond an int", JSON + chunked + "\r\nfffffffffffffffff2\r\n{}\r\n0\r\n\r\n" + HIDDEN),
                arguments("a chunk that is longer than it says", JSON + chunked + "\r\n1\r\n{}\r\n0\r\n\r\n" + HIDDEN),
                arguments(
                        "an endless extension of a chunk",
                        JSON + chunked + "\r\n2;" + "x".repeat(100_000) + "\r\n{}\r\n0\r\n\r\n" + HIDDEN),
                arguments("two hosts", "Host: other\r\n" + JSON + "Content-Length: 2\r\n\r\n{}" + HIDDEN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void what_hides_behind_a_request_is_never_taken_for_one(String shape, String rest) throws IOException {
        String answers = answers(POST + rest);

        assertThat(answers.split("HTTP/1.1 ", -1).length - 1).as(answers).isLessThanOrEqualTo(1);
        if (!answers.isEmpty()) {
            assertThat(answers).as(shape).matches("(?s)HTTP/1.1 (4\\d\\d|202) .*");
            assertThat(answers).doesNotContain("Tomcat", "Exception", "at org.");
        }
    }

    @Test
    void nothing_hidden_was_ever_taken() throws IOException {
        for (Arguments each : ambiguous().toList()) {
            answers(POST + each.get()[1]);
        }
        assertThat(TestGateway.came("test-smuggled")).isFalse();
    }

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                arguments("a header of a megabyte", POST + "X-A: " + "a".repeat(1_000_000)),
                arguments("headers without end", POST + "X-A: a\r\n".repeat(100_000)),
                arguments("a path of a megabyte", "GET /" + "a".repeat(1_000_000)),
                arguments("a method without end", "A".repeat(1_000_000)),
                arguments("no request at all", "\u0000\u0001\u0002".repeat(10_000)),
                arguments("another protocol", "SSH-2.0-OpenSSH_9.6\r\n\r\n"),
                arguments("a version of nobody", "GET /api/v1/exchanges HTTP/9.9\r\nHost: localhost\r\n\r\n"),
                arguments("no host", "GET /api/v1/exchanges HTTP/1.1\r\n\r\n"),
                arguments(
                        "trailers without end",
                        POST + JSON + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
                                + "X-A: a\r\n".repeat(100_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooMuch")
    void refused_and_closed_when_it_is_more_than_a_request_or_none(String shape, String bytes) throws IOException {
        String answers = answers(bytes);

        assertThat(answers.split("HTTP/1.1 ", -1).length - 1).as(shape).isLessThanOrEqualTo(1);
        if (!answers.isEmpty()) {
            assertThat(answers).as(shape).matches("(?s)HTTP/1.1 4\\d\\d .*");
            assertThat(answers).doesNotContain("Tomcat", "Exception", "at org.");
        }
    }

    @Test
    void honest_messages_pass_while_two_hundred_say_half_of_something_and_then_nothing() throws IOException {
        List<Socket> open = new ArrayList<>();
        SSLContext stranger = TestGateway.tlsOfAnotherStranger();
        try {
            byte[] hello = {22, 3, 1, 2, 0, 1};
            for (int i = 0; i < 40; i++) {
                // the first bytes of a handshake
                Socket half = new Socket("localhost", TestGateway.port());
                half.getOutputStream().write(hello);
                open.add(half);
                // a connection without a word
                open.add(new Socket("localhost", TestGateway.port()));
                open.add(sent(stranger, POST + "X-A: "));
                // each of these holds a thread until it is given up
                open.add(sent(stranger, POST + JSON + "Content-Length: 5000\r\n\r\n{"));
                open.add(sent(stranger, POST + JSON + "Transfer-Encoding: chunked\r\n\r\n5\r\n{"));
            }
            for (int i = 0; i < 5; i++) {
                an_honest_message_passes();
            }
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    @Test
    void honest_messages_pass_while_a_thousand_handshakes_are_made_and_left() throws Exception {
        SSLContext stranger = TestGateway.tlsOfAnotherStranger();
        AtomicInteger made = new AtomicInteger();
        ExecutorService strangers = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = IntStream.range(0, 1_000)
                    .<Future<?>>mapToObj(i -> strangers.submit(() -> {
                        try (Socket socket = sent(stranger, "GET ")) {
                            made.incrementAndGet();
                        }
                        return null;
                    }))
                    .toList();
            while (made.get() < all.size()) {
                an_honest_message_passes();
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            strangers.shutdownNow();
        }
        assertThat(made).hasValue(1_000);
    }

    private static Socket sent(SSLContext stranger, String bytes) throws IOException {
        Socket socket = stranger.getSocketFactory().createSocket("localhost", TestGateway.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /** All that is answered until the gateway closes, which it does. */
    private static String answers(String bytes) throws IOException {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        try (Socket socket = TestGateway.tls().getSocketFactory().createSocket("localhost", TestGateway.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] all = bytes.getBytes(StandardCharsets.ISO_8859_1);
            InputStream in = socket.getInputStream();
            try {
                for (int at = 0; at < all.length; at += 16_384) {
                    socket.getOutputStream().write(Arrays.copyOfRange(all, at, Math.min(all.length, at + 16_384)));
                }
                socket.getOutputStream().flush();
                in.transferTo(answers);
            } catch (SocketException | SSLException closed) {
                // it did not hear it out, and what it answered may be lost on the way; that it did not close would be
                // another exception
                assertThat(closed).isNotInstanceOf(SocketTimeoutException.class);
            }
        }
        return answers.toString(StandardCharsets.ISO_8859_1);
    }
}
