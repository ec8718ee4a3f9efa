package io.chapar.trust;

import io.chapar.habits.Program;
import io.chapar.trust.TestPki.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against xmlsec1, a program that no one here wrote. */
class Xmlsec1Test {

    private static final TestPki PKI = new TestPki("xmlsec1");
    private static final String CONTENT = "<a xmlns=\"urn:chapar:x:1.0\">\n  <header><sender>MH</sender></header>\n";
    private static final String TEMPLATE = CONTENT
            + "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo>"
            + "<CanonicalizationMethod Algorithm=\"%s\"/><SignatureMethod Algorithm=\"%s\"/>"
            + "<Reference URI=\"\"><Transforms>"
            + "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>"
            + "<Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/></Transforms>"
            + "<DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><DigestValue/></Reference>"
            + "</SignedInfo><SignatureValue/><KeyInfo><X509Data><X509Certificate/></X509Data></KeyInfo></Signature></a>";

    @TempDir
    Path folder;

    @BeforeEach
    void installed() {
        Program.needed("xmlsec1");
    }

    static Stream<Identity> identities() {
        return Stream.of(
                PKI.signing("P-256"),
                PKI.signing("P-384", TestPki.ec("secp384r1")),
                PKI.signing("RSA", TestPki.rsa(2048)));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void we_verify_what_it_signs(Identity identity) throws Exception {
        for (String canonicalization : List.of(SignatureElement.INCLUSIVE, SignatureElement.EXCLUSIVE)) {
            Path signed = signedByXmlsec1(identity, canonicalization);
            byte[] bytes = Files.readAllBytes(signed);

            assertThat(new XmlSignatures().verify(HardenedXml.parse(bytes)).signer())
                    .isEqualTo(identity.certificate());
            byte[] bent = new String(bytes, UTF_8).replace(">MH<", ">MJ<").getBytes(UTF_8);
            assertThatThrownBy(() -> new XmlSignatures().verify(HardenedXml.parse(bent)))
                    .isInstanceOf(SignatureRefused.class);
        }
    }

    @ParameterizedTest
    @MethodSource("identities")
    void it_verifies_what_we_sign(Identity identity) throws Exception {
        Path anchor = write("ca.pem", DevelopmentAuthority.pem(PKI.authority()));
        byte[] signed = identity.signer().xml((CONTENT + "</a>").getBytes(UTF_8));
        Path document = write("signed.xml", new String(signed, UTF_8));
        List<String> command = List.of(
                "xmlsec1",
                "--verify",
                "--trusted-pem",
                anchor.toString(),
                "--verification-time",
                "2026-11-23 10:00:00",
                "--id-attr:Id",
                "http://uri.etsi.org/01903/v1.3.2#:SignedProperties");

        assertThat(run(command, document)).isZero();
        Path bent = write("bent.xml", new String(signed, UTF_8).replace(">MH<", ">MJ<"));
        assertThat(run(command, bent)).isNotZero();
    }

    private Path signedByXmlsec1(Identity identity, String canonicalization) throws Exception {
        String method = SignatureAlgorithm.usualFor(identity.certificate().getPublicKey())
                .xmlName();
        Path key = write(
                "key.pem",
                PemFiles.encode("PRIVATE KEY", identity.keys().getPrivate().getEncoded()));
        Path certificate = write("cert.pem", DevelopmentAuthority.pem(identity.certificate()));
        Path template = write("template.xml", String.format(Locale.ROOT, TEMPLATE, canonicalization, method));
        Path signed = folder.resolve("by-xmlsec1.xml");
        List<String> command =
                List.of("xmlsec1", "--sign", "--privkey-pem", key + "," + certificate, "--output", signed.toString());
        assertThat(run(command, template)).isZero();
        return signed;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int run(List<String> command, Path file) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.add(file.toString());
        return new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start()
                .waitFor();
    }
}
