package io.chapar.app.queue;

import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.DoubtfulCertificates;
import io.chapar.trust.DoubtfulCertificates.Doubt;
import io.chapar.trust.KeySigner;
import io.chapar.trust.TestPki.Identity;
import io.chapar.trust.TlsContexts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Keys and certificates are replaced while a whole gateway runs, and it is not started again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class RolloverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ACCEPTED = "202";

    private QueueGateway gateway;
    private DoubtfulCertificates authority;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        gateway = new QueueGateway(folder);
        authority = new DoubtfulCertificates(gateway.certificates());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void a_partys_old_and_new_certificates_count_until_the_old_ones_are_taken_out() throws Exception {
        Identity tls = tls("MH");
        Identity signing = signing("MH");
        Identity newTls = authority.tls("MH", Doubt.NONE);
        Identity newSigning = authority.signing("MH", Doubt.NONE);
        String directory = Files.readString(gateway.parties());
        String tlsFile = "\"${chapar.certificates}/MH/tls.cert.pem\"";
        String signingFile = "\"${chapar.certificates}/MH/sign.cert.pem\"";
        String newTlsFile = '"' + authority.write("MH-tls-new", newTls).toString() + '"';
        String newSigningFile = '"' + authority.write("MH-sign-new", newSigning).toString() + '"';
        assertThat(said(newTls, signing)).isEqualTo("unknown-certificate");
        assertThat(said(tls, newSigning)).isEqualTo("signature-invalid");

        replaceDirectory(directory
                .replace(tlsFile, tlsFile + ", " + newTlsFile)
                .replace(signingFile, signingFile + ", " + newSigningFile));
        await().atMost(PATIENCE).until(() -> said(newTls, newSigning).equals(ACCEPTED));
        assertThat(said(tls, signing)).isEqualTo(ACCEPTED);
        assertThat(said(tls, newSigning)).isEqualTo(ACCEPTED);
        assertThat(said(newTls, signing)).isEqualTo(ACCEPTED);

        replaceDirectory(directory.replace(tlsFile, newTlsFile).replace(signingFile, newSigningFile));
        await().atMost(PATIENCE).until(() -> said(tls, newSigning).equals("unknown-certificate"));
        assertThat(said(newTls, signing)).isEqualTo("signature-invalid");
        assertThat(said(newTls, newSigning)).isEqualTo(ACCEPTED);

        replaceDirectory(directory);
        await().atMost(PATIENCE).until(() -> said(tls, signing).equals(ACCEPTED));
    }

    @Test
    void a_new_tls_certificate_is_served_at_every_port_and_a_broken_one_is_not() throws Exception {
        Identity fresh = authority.tls("CHAPAR", Doubt.NONE);
        Identity other = authority.tls("CHAPAR", Doubt.NONE);
        Files.writeString(gateway.certificates().resolve("CHAPAR/tls.key.pem"), pem(fresh));
        Path file = authority.write("CHAPAR/tls", fresh);
        // The ports take it one after the other, and a handshake may meet the change.
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertServed(fresh));
        String sound = Files.readString(file);

        Files.writeString(file, sound.substring(0, sound.length() / 2));
        await().atMost(PATIENCE).until(() -> refused("chapar.tls.refused"));
        assertServed(fresh);

        Files.writeString(file, sound);
        await().atMost(PATIENCE).until(() -> !refused("chapar.tls.refused"));
        authority.write("CHAPAR/tls", other);
        await().atMost(PATIENCE).until(() -> refused("chapar.tls.refused"));
        assertServed(fresh);

        Files.writeString(file, sound);
        await().atMost(PATIENCE).until(() -> !refused("chapar.tls.refused"));
    }

    @Test
    void a_broken_file_of_revocation_lists_is_told_and_the_lists_before_it_are_relied_on() throws Exception {
        Path file = gateway.certificates().resolve("ca.crl.pem");
        String sound = Files.readString(file);
        assertThat(refused("chapar.revocation.lists.refused")).isFalse();

        Files.writeString(file, "broken");
        await().atMost(PATIENCE).until(() -> refused("chapar.revocation.lists.refused"));
        assertThat(said(tls("MH"), signing("MH"))).isEqualTo(ACCEPTED);

        Files.writeString(file, sound);
        await().atMost(PATIENCE).until(() -> !refused("chapar.revocation.lists.refused"));
    }

    private Identity tls(String party) {
        PartyKeys keys = gateway.keys(party);
        return identity(keys.tlsKey(), keys.tlsCertificate());
    }

    private Identity signing(String party) {
        PartyKeys keys = gateway.keys(party);
        return identity(keys.signingKey(), keys.signingCertificate());
    }

    private static Identity identity(PrivateKey key, X509Certificate certificate) {
        return new Identity(new KeyPair(certificate.getPublicKey(), key), certificate);
    }

    /** Never half of it. */
    private void replaceDirectory(String text) throws IOException {
        Path fresh = Files.writeString(gateway.parties().resolveSibling("parties.new"), text);
        Files.move(fresh, gateway.parties(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The status of who is accepted, and of who is not the problem's code. */
    private String said(Identity tls, Identity signing) throws Exception {
        byte[] document = QueueGateway.birth("json", UUID.randomUUID());
        KeySigner signer = new KeySigner(signing.keys().getPrivate(), signing.certificate());
        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(client(tls))
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.httpsPort()
                                        + "/api/v1/exchanges/" + AtQueues.EXCHANGE))
                                .timeout(Duration.ofSeconds(30))
                                .header("Content-Type", "application/json")
                                .header("X-JWS-Signature", signer.detachedJws(document))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(document))
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return answer.statusCode() == HttpURLConnection.HTTP_ACCEPTED
                ? ACCEPTED
                : AtQueues.JSON.readTree(answer.body()).at("/code").asText();
    }

    private SSLContext client(Identity tls) {
        return TlsContexts.client(
                tls.keys().getPrivate(), tls.certificate(), gateway.keys("MH").authorities());
    }

    private void assertServed(Identity expected) throws IOException {
        for (int port : new int[] {gateway.httpsPort(), gateway.peoplesPort(), gateway.port()}) {
            assertThat(served(port)).isEqualTo(expected.certificate());
        }
    }

    private Certificate served(int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) client(tls("MH")).getSocketFactory().createSocket("localhost", port)) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private boolean refused(String figure) {
        return gateway.figure(figure) > 0;
    }

    private static String pem(Identity identity) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(identity.keys().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
