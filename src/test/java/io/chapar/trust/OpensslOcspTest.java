package io.chapar.trust;

import io.chapar.habits.Program;
import io.chapar.message.PartyCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.chapar.trust.CertificateStatus.REVOKED;
import static io.chapar.trust.CertificateStatus.UNTRUSTED;
import static io.chapar.trust.CertificateStatus.VALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against openssl, as the development authority's responder and as a server that staples: a program that no one here wrote. */
class OpensslOcspTest {

    private static final Pattern LISTENS = Pattern.compile("ACCEPT.*:(\\d+)");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final List<Process> programs = new ArrayList<>();

    @BeforeEach
    void installed() throws Exception {
        Program.needed("openssl");
        DevelopmentPki.make(folder, List.of(new PartyCode("MH"), new PartyCode("MJ"), new PartyCode("MT")));
        Files.writeString(folder.resolve("index"), entry('V', tls("MH")) + entry('R', tls("MJ")));
    }

    @AfterEach
    void ends() {
        programs.forEach(Process::destroyForcibly);
    }

    private X509Certificate tls(String party) throws IOException {
        return PemFiles.certificate(folder.resolve(party).resolve("tls.cert.pem"));
    }

    private X509Certificate authority() throws IOException {
        return PemFiles.certificate(folder.resolve("ca.cert.pem"));
    }

    private static String entry(char kind, X509Certificate certificate) {
        return kind + "\t" + TIME.format(certificate.getNotAfter().toInstant()) + "\t"
                + (kind == 'R' ? TIME.format(certificate.getNotBefore().toInstant()) + ",keyCompromise" : "") + "\t"
                + String.format(Locale.ROOT, "%032X", certificate.getSerialNumber()) + "\tunknown\t/CN=party\n";
    }

    @Test
    void it_says_how_certificates_stand_and_we_believe_it() throws Exception {
        URI address = URI.create("http://127.0.0.1:"
                + listening(
                        "ocsp",
                        "-port",
                        "0",
                        "-index",
                        "index",
                        "-CA",
                        "ca.cert.pem",
                        "-rsigner",
                        "ca.cert.pem",
                        "-rkey",
                        "ca.key.pem",
                        "-nmin",
                        "10"));
        HttpAuthority line = new HttpAuthority(
                address, HttpAuthority.Asking.ABOUT_CERTIFICATES, SSLContext.getDefault(), Duration.ofSeconds(30));
        try (Revocation revocation = revocation(Map.of(authority(), line))) {
            CertificatePaths paths = new CertificatePaths(List.of(authority()), revocation, Clock.systemUTC());

            assertThat(paths.check(tls("MH"), Purpose.TLS_CLIENT)).isEqualTo(VALID);
            assertThat(paths.check(tls("MJ"), Purpose.TLS_CLIENT)).isEqualTo(REVOKED);
            assertThat(paths.check(tls("MT"), Purpose.TLS_CLIENT)).isEqualTo(UNTRUSTED);
        }
    }

    @Test
    void a_server_that_staples_that_it_is_good_is_connected_with() throws Exception {
        int port = stapling("MH", "MH");

        try (Revocation nothing = revocation(Map.of());
                SSLSocket socket = connected(nothing, port)) {
            assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(tls("MH"));
        }
    }

    @Test
    void refused_when_it_staples_that_it_was_revoked() throws Exception {
        refused(stapling("MJ", "MJ"), "REVOKED");
    }

    @Test
    void refused_when_it_staples_what_was_said_of_another() throws Exception {
        refused(stapling("MJ", "MH"), "UNDETERMINED");
    }

    @Test
    void refused_when_it_staples_nothing_and_nobody_else_knows() throws Exception {
        refused(serving("MH"), "UNDETERMINED");
    }

    private void refused(int port, String status) throws Exception {
        try (Revocation nothing = revocation(Map.of())) {
            assertThatThrownBy(() -> connected(nothing, port).close())
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining(status);
        }
    }

    /** With no lists. */
    private static Revocation revocation(Map<X509Certificate, HttpAuthority> responders) {
        return Revocation.of(
                Optional.empty(),
                responders,
                new OcspTimes(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ZERO),
                Duration.ofMinutes(5),
                Clock.systemUTC());
    }

    private SSLSocket connected(Revocation revocation, int port) throws Exception {
        SSLContext tls = TlsContexts.client(
                PemFiles.privateKey(folder.resolve("MT").resolve("tls.key.pem")),
                tls("MT"),
                new CertificatePaths(List.of(authority()), revocation, Clock.systemUTC()));
        SSLSocket socket = (SSLSocket)
                tls.getSocketFactory().createSocket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        socket.startHandshake();
        return socket;
    }

    /** A server of this party, with the responder's answer about that one. */
    private int stapling(String party, String about) throws Exception {
        run("ocsp", "-issuer", "ca.cert.pem", "-cert", about + "/tls.cert.pem", "-no_nonce", "-reqout", "request");
        run(
                "ocsp",
                "-index",
                "index",
                "-CA",
                "ca.cert.pem",
                "-rsigner",
                "ca.cert.pem",
                "-rkey",
                "ca.key.pem",
                "-nmin",
                "10",
                "-reqin",
                "request",
                "-respout",
                "answer");
        return serving(party, "-status_file", "answer");
    }

    private int serving(String party, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                party + "/tls.cert.pem",
                "-key",
                party + "/tls.key.pem"));
        arguments.addAll(List.of(more));
        return listening(arguments.toArray(String[]::new));
    }

    private void run(String... arguments) throws Exception {
        assertThat(openssl(arguments)
                        .redirectOutput(folder.resolve("openssl.log").toFile())
                        .start()
                        .waitFor())
                .isZero();
    }

    /** The port at which it listens. */
    private int listening(String... arguments) throws IOException {
        Process program = openssl(arguments).start();
        programs.add(program);
        BufferedReader said = program.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher port = LISTENS.matcher(line);
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
        }
        throw new IOException("openssl " + arguments[0] + " does not listen");
    }

    private ProcessBuilder openssl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    }
}
