package io.chapar.attacks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.door.TestCertificates;
import io.chapar.habits.Program;
import io.chapar.trust.TestPki;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Two verifiers that no one here wrote, xmlsec1 and Node's jose, each used as its own manual does. */
final class OtherVerifiers {

    private static final Path SCRIPTS = Path.of("src/test/node");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> IDS = Stream.of(
                    "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
                    "http://www.w3.org/2003/05/soap-envelope:Body",
                    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd:Timestamp")
            .flatMap(element -> Stream.of("--id-attr:Id", element))
            .toList();

    private final Duration patience;
    private final Path folder;
    private final Path authority;

    /**
     * @param authority that xmlsec1 trusts
     * @param patience with which it is listened to
     */
    OtherVerifiers(Path folder, X509Certificate authority, Duration patience)
            throws IOException, CertificateEncodingException {
        this.patience = patience;
        this.folder = folder;
        this.authority = pem("authority.pem", authority);
    }

    static void needed() {
        Program.needed("xmlsec1");
        Program.needed("node");
        Program.prepared(SCRIPTS.resolve("node_modules/jose"), "npm ci --prefix " + SCRIPTS);
    }

    /** What one says to a message; some are so costly that there is no end to it. */
    enum Says {
        YES,
        NO,
        NOTHING
    }

    /**
     * What xmlsec1 says to these together: yes only when it takes all. It knows nothing of the token of WS-Security, and is
     * told the key of an envelope.
     *
     * @param signer of all of them
     */
    Says xmlsec1(Form form, X509Certificate signer, List<byte[]> documents) throws Exception {
        List<String> command = new ArrayList<>(List.of("xmlsec1", "--verify"));
        command.addAll(
                form == Form.SOAP
                        ? List.of("--pubkey-cert-pem", pem("signer.pem", signer).toString())
                        : List.of(
                                "--trusted-pem",
                                authority.toString(),
                                "--verification-time",
                                TestPki.NOW.toString().replace('T', ' ').replace("Z", "")));
        command.addAll(IDS);
        for (int i = 0; i < documents.size(); i++) {
            command.add(Files.write(folder.resolve("document-" + i + ".xml"), documents.get(i))
                    .toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return Says.NOTHING;
        }
        return process.exitValue() == 0 ? Says.YES : Says.NO;
    }

    /** A message and who is said to have signed it. */
    record Signed(X509Certificate signer, byte[] payload, String jws) {

        private String line() throws IOException, CertificateEncodingException {
            Base64.Encoder base64 = Base64.getEncoder();
            return JSON.writeValueAsString(Map.of(
                    "certificate", base64.encodeToString(signer.getEncoded()),
                    "payload", base64.encodeToString(payload),
                    "jws", jws));
        }
    }

    /** What jose says to each. */
    List<Says> jose(List<Signed> messages) throws Exception {
        Path lines = folder.resolve("lines");
        try (BufferedWriter writer = Files.newBufferedWriter(lines)) {
            for (Signed message : messages) {
                writer.write(message.line() + "\n");
            }
        }
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        "node", SCRIPTS.resolve("verdicts.mjs").toString())
                .redirectInput(lines.toFile())
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        List<Says> verdicts = Files.readAllLines(said).stream()
                .map(line -> line.equals("yes") ? Says.YES : Says.NO)
                .toList();
        assertThat(verdicts).hasSameSizeAs(messages);
        return verdicts;
    }

    private Path pem(String name, X509Certificate certificate) throws IOException, CertificateEncodingException {
        return TestCertificates.write(folder.resolve(name), "CERTIFICATE", certificate.getEncoded());
    }
}
