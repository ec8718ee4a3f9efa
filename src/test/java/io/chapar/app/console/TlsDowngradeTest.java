package io.chapar.app.console;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** With the settings that everybody starts with, both ports speak TLS 1.3 only, which has no renegotiation. */
class TlsDowngradeTest {

    private static int port(String whose) {
        return whose.equals("people") ? RunningConsole.people() : RunningConsole.agencies();
    }

    private static SSLSocket socket(String whose, String... protocols) throws IOException {
        SSLSocket socket =
                (SSLSocket) RunningConsole.trusted().getSocketFactory().createSocket("localhost", port(whose));
        socket.setEnabledProtocols(protocols);
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"people", "agencies"})
    void refused_when_a_caller_offers_an_older_version_only(String whose) throws IOException {
        try (SSLSocket socket = socket(whose, "TLSv1.2")) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"people", "agencies"})
    void the_newer_version_is_chosen_when_a_caller_offers_both(String whose) throws IOException {
        try (SSLSocket socket = socket(whose, "TLSv1.2", "TLSv1.3")) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void others_are_served_after_hundreds_of_handshakes_that_nobody_finishes() throws Exception {
        byte[] start = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};
        for (int i = 0; i < 500; i++) {
            try (Socket half = new Socket("localhost", RunningConsole.people())) {
                half.getOutputStream().write(start);
            }
        }
        assertThat(new Browser()
                        .get(RunningConsole.people(), "/actuator/health/liveness")
                        .statusCode())
                .isEqualTo(200);
    }
}
