package io.chapar.trust;

import io.chapar.habits.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Against openssl, a program that no one here wrote. */
class OpensslTimestampTest {

    private static final byte[] NOTE = "chapar.local/ledger\n7\nAAAA\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private TimestampTokens tokens;

    @BeforeEach
    void installed() throws Exception {
        Program.needed("openssl");
        DevelopmentPki.make(folder, List.of());
        CertificatePaths paths = new CertificatePaths(
                PemFiles.certificates(folder.resolve("ca.cert.pem")),
                folder.resolve("ca.crl.pem"),
                Duration.ZERO,
                Clock.systemUTC());
        tokens = new TimestampTokens(paths, Optional.empty(), Duration.ofMinutes(5), Clock.systemUTC());
    }

    @Test
    void it_verifies_the_sandboxs_tokens_and_only_over_what_they_are_over() throws Exception {
        byte[] request = tokens.request(NOTE);
        DevelopmentTimestamps authority =
                DevelopmentTimestamps.open(folder, Clock.systemUTC()).orElseThrow();
        TimestampTokens.Token token = tokens.accept(request, authority.answer(request));
        Files.write(folder.resolve("token"), token.bytes());
        Files.write(folder.resolve("note"), NOTE);
        Files.write(folder.resolve("other"), new byte[] {1});

        assertThat(openssl("ts", "-verify", "-token_in", "-in", "token", "-data", "note", "-CAfile", "ca.cert.pem"))
                .isZero();
        assertThat(openssl("ts", "-verify", "-token_in", "-in", "token", "-data", "other", "-CAfile", "ca.cert.pem"))
                .isNotZero();
    }

    @Test
    void we_accept_what_an_authority_of_its_own_answers() throws Exception {
        Files.writeString(
                folder.resolve("tsa.cnf"),
                "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\ndefault_policy = 2.999.1\ndigests = sha256\n"
                        + "signer_digest = sha256\ness_cert_id_alg = sha256\n");
        Files.writeString(folder.resolve("serial"), "01\n");
        byte[] request = tokens.request(NOTE);
        Files.write(folder.resolve("request"), request);

        assertThat(openssl(
                        "ts",
                        "-reply",
                        "-config",
                        "tsa.cnf",
                        "-queryfile",
                        "request",
                        "-signer",
                        "tsa.cert.pem",
                        "-inkey",
                        "tsa.key.pem",
                        "-out",
                        "answer"))
                .isZero();

        byte[] answer = Files.readAllBytes(folder.resolve("answer"));
        assertThat(tokens.verify(tokens.accept(request, answer).bytes(), NOTE)).isNotNull();
    }

    private int openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        return process.waitFor();
    }
}
