package io.chapar.trust;

import io.chapar.habits.Program;
import io.chapar.trust.TestPki.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The two scripts of docs/first-message.md, which stand on Node's jose, against our signatures. */
class NodeJoseTest {

    private static final TestPki PKI = new TestPki("jose");
    private static final Path SCRIPTS = Path.of("src/test/node");
    private static final byte[] PAYLOAD = "{\"name\":\"Rəhimova\"}".getBytes(UTF_8);

    @TempDir
    Path folder;

    @BeforeEach
    void installed() {
        Program.needed("node");
        Program.prepared(SCRIPTS.resolve("node_modules/jose"), "npm ci --prefix " + SCRIPTS);
    }

    static Stream<Identity> identities() {
        return Stream.of(PKI.signing("P-256"), PKI.signing("RSA", TestPki.rsa(2048)));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void we_verify_what_it_signs(Identity identity) throws Exception {
        write(
                "sign.key.pem",
                PemFiles.encode("PRIVATE KEY", identity.keys().getPrivate().getEncoded()));
        write("sign.cert.pem", DevelopmentAuthority.pem(identity.certificate()));
        Ran signing = run("sign.mjs", folder.toString(), payload(PAYLOAD).toString());
        assertThat(signing.code()).as(signing.said()).isZero();

        assertThat(new JsonSignatures(thumbprint -> Optional.empty())
                        .verify(PAYLOAD, signing.said().strip())
                        .signer())
                .isEqualTo(identity.certificate());
        assertThatThrownBy(() -> new JsonSignatures(thumbprint -> Optional.empty())
                        .verify("{}".getBytes(UTF_8), signing.said().strip()))
                .isInstanceOf(SignatureRefused.class);
    }

    @ParameterizedTest
    @MethodSource("identities")
    void it_verifies_what_we_sign(Identity identity) throws Exception {
        Path certificate = write("cert.pem", DevelopmentAuthority.pem(identity.certificate()));
        String signature = identity.signer().detachedJws(PAYLOAD);

        assertThat(run("verify.mjs", certificate.toString(), payload(PAYLOAD).toString(), signature)
                        .code())
                .isZero();
        assertThat(run(
                                "verify.mjs",
                                certificate.toString(),
                                payload(new byte[] {'{', '}'}).toString(),
                                signature)
                        .code())
                .isNotZero();
    }

    private Path payload(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("payload"), bytes);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private record Ran(int code, String said) {}

    private static Ran run(String script, String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("node", SCRIPTS.resolve(script).toString()), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), said);
    }
}
