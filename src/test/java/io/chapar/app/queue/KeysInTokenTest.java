package io.chapar.app.queue;

import io.chapar.trust.PemFiles;
import io.chapar.trust.TestCertificates;
import io.chapar.trust.TestToken;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** All of the gateway's private keys are in a token of SoftHSM. */
@ResourceLock("softhsm")
class KeysInTokenTest extends OwnKeys {

    private final TestToken token = TestToken.needed();
    private Path pin = Path.of("");

    @Override
    QueueGateway open(Path folder) throws IOException {
        Path certificates = folder.resolve("certificates");
        Path own = certificates.resolve("CHAPAR");
        TestCertificates.in(certificates);
        for (String use : USES) {
            token.put(
                    "gateway-" + use,
                    PemFiles.privateKey(own.resolve(use + ".key.pem")),
                    PemFiles.certificate(own.resolve(use + ".cert.pem")));
            Files.delete(own.resolve(use + ".p12"));
        }
        removePemKeys(own);
        token.putSecret("gateway-seal");
        pin = TestToken.pinFile(folder);
        return new QueueGateway(
                folder,
                List.of(
                        "--chapar.parties.MH.clear-queues=jwe",
                        "--chapar.token.library=" + token.module(),
                        "--chapar.token.slot=" + token.slot(),
                        "--chapar.token.pin-file=" + pin,
                        "--chapar.trust.signing-key=pkcs11:object=gateway-sign",
                        "--chapar.trust.encryption-key=pkcs11:object=gateway-encrypt",
                        "--chapar.trust.tls-key=pkcs11:object=gateway-tls",
                        "--chapar.keys.sealing-key=pkcs11:object=gateway-seal"));
    }

    @Test
    void nothing_is_accepted_and_nothing_lost_while_the_token_is_away() throws Exception {
        UUID byRest = UUID.randomUUID();
        UUID byQueue = UUID.randomUUID();
        Path elsewhere = pin.resolveSibling("elsewhere");
        Files.move(pin, elsewhere);
        token.forgetLogins();
        try {
            assertThat(gateway.signs()).isFalse();
            writeEncrypted(byQueue);
            assertThat(mh.readWithin(1_000)).isNull();
        } finally {
            Files.move(elsewhere, pin);
        }

        await().atMost(Duration.ofSeconds(30)).until(gateway::signs);
        assertThat(post(byRest, "application/xml").statusCode()).isEqualTo(202);
        assertThat(opened(mh.read())).isNotEmpty();
        acknowledge(delivered(byQueue));
    }

    @Test
    void refused_as_not_durable_over_a_connection_that_was_there_before_the_token_went() throws Exception {
        HttpClient before = client();
        assertThat(post(before, UUID.randomUUID(), "application/json").statusCode())
                .isEqualTo(202);
        Path elsewhere = pin.resolveSibling("elsewhere");
        Files.move(pin, elsewhere);
        token.forgetLogins();
        UUID messageId = UUID.randomUUID();
        try {
            HttpResponse<String> refused = post(before, messageId, "application/json");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"not-durable\"", "signing key");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.headers().firstValue("X-JWS-Signature")).isEmpty();
        } finally {
            Files.move(elsewhere, pin);
        }
        await().atMost(Duration.ofSeconds(30)).until(gateway::signs);
        assertThat(post(before, messageId, "application/json").statusCode()).isEqualTo(202);
        acknowledge(delivered(messageId));
    }

    @Test
    void the_password_of_the_key_files_lies_nowhere_in_clear() {
        assertThat(gateway.data().resolve("keys/ledger.p12")).exists();
        assertThat(gateway.data().resolve("keys/password")).doesNotExist();
        assertThat(gateway.data().resolve("keys/password.sealed")).exists();
    }
}
