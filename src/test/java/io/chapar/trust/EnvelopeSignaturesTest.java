package io.chapar.trust;

import io.chapar.message.Digest;
import io.chapar.trust.SignatureRefused.Fault;
import io.chapar.trust.TestPki.Identity;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnvelopeSignaturesTest {

    private static final TestPki PKI = new TestPki("SOAP");
    private static final Identity SBS = PKI.signing("SBS");
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String CONTENT =
            "<borderCrossing xmlns=\"urn:chapar:border-crossing:1.0\"><header>1</header></borderCrossing>";
    private static final String SIGNED = new String(SBS.signer().envelope(CONTENT.getBytes(UTF_8), false), UTF_8);
    private static final String BODY = "<soap:Body wsu:Id=\"chapar-body\">" + CONTENT + "</soap:Body>";

    private final EnvelopeSignatures signatures = new EnvelopeSignatures(TestPki.CLOCK, SKEW);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void verified_is_the_bodys_child_in_both_versions_of_soap(boolean soap12) throws Exception {
        SignedXml signed = signatures.verify(SBS.signer().envelope(CONTENT.getBytes(UTF_8), soap12));

        assertThat(new String(HardenedXml.serialise(signed.document()), UTF_8)).isEqualTo(CONTENT);
        assertThat(signed.contentDigest()).isEqualTo(Digest.of(CONTENT.getBytes(UTF_8)));
        assertThat(signed.signer()).isEqualTo(SBS.certificate());
    }

    @Test
    void prefix_that_stands_in_text_only_stays_declared() throws Exception {
        String code = "<code xmlns:problem=\"urn:chapar:problem\">problem:schema</code>";

        byte[] envelope = SBS.signer().envelope(code.getBytes(UTF_8), true);

        assertThat(new String(envelope, UTF_8)).contains(code);
        assertThat(signatures.verify(envelope).signer()).isEqualTo(SBS.certificate());
    }

    @Test
    void content_of_a_recorded_envelope_is_the_verified_document() throws Exception {
        assertThat(new String(HardenedXml.serialise(EnvelopeSignatures.content(SIGNED.getBytes(UTF_8))), UTF_8))
                .isEqualTo(CONTENT);
    }

    @Test
    void content_keeps_the_namespaces_that_the_envelope_declares() throws Exception {
        String envelope = "<s:Envelope xmlns:s=\"" + SoapNames.SOAP_11
                + "\" xmlns:c=\"urn:c\" xmlns:d=\"urn:d\"><s:Body>" + "<c:a c:b=\"1\"/></s:Body></s:Envelope>";

        assertThat(new String(HardenedXml.serialise(EnvelopeSignatures.content(envelope.getBytes(UTF_8))), UTF_8))
                .isEqualTo("<c:a xmlns:c=\"urn:c\" c:b=\"1\"></c:a>");
    }

    static Stream<Arguments> bent() {
        return Stream.of(
                bent("a value changed", Fault.INVALID, x -> x.replace("<header>1", "<header>2")),
                bent(
                        "the timestamp moved",
                        Fault.INVALID,
                        x -> x.replace("Created>2026-11-23T10:00:00", "Created>2026-11-23T10:00:01")),
                bent("the token of another", Fault.INVALID, EnvelopeSignaturesTest::strangersToken),
                bent("no signature", Fault.MISSING, x -> x.replaceAll("<ds:Signature .*</ds:Signature>", "")),
                bent("no Security header", Fault.MISSING, x -> x.replaceAll("<wsse:Security.*</wsse:Security>", "")),
                bent("no header", Fault.MISSING, x -> x.replaceAll("<soap:Header>.*</soap:Header>", "")),
                bent("no timestamp", Fault.INCOMPLETE, x -> x.replaceAll("<wsu:Timestamp.*</wsu:Timestamp>", "")),
                bent("no token", Fault.INCOMPLETE, x -> x.replaceAll("<wsse:Binary.*</wsse:BinarySecurityToken>", "")),
                bent(
                        "two tokens",
                        Fault.INCOMPLETE,
                        x -> x.replaceAll("(<wsse:Binary.*</wsse:BinarySecurityToken>)", "$1$1")),
                bent(
                        "two Security headers",
                        Fault.INCOMPLETE,
                        x -> x.replace(
                                "<soap:Header>",
                                "<soap:Header><wsse:Security xmlns:wsse=\"" + SoapNames.WSSE + "\"/>")),
                bent(
                        "a user name token",
                        Fault.INCOMPLETE,
                        x -> x.replace("<wsu:Timestamp", "<wsse:UsernameToken/><wsu:Timestamp")),
                bent(
                        "an encrypted key",
                        Fault.INCOMPLETE,
                        x -> x.replace("<wsu:Timestamp", "<EncryptedKey/><wsu:Timestamp")),
                bent(
                        "only the timestamp covered",
                        Fault.INVALID,
                        x -> x.replaceFirst("<ds:Reference URI=\"#chapar-body\".*?</ds:Reference>", "")),
                bent(
                        "the timestamp covered twice",
                        Fault.INVALID,
                        x -> x.replaceFirst(
                                "<ds:Reference URI=\"#chapar-body\".*?</ds:Reference>(<ds:Reference.*?</ds:Reference>)",
                                "$1$1")),
                bent(
                        "the token covered too",
                        Fault.INCOMPLETE,
                        x -> x.replaceFirst("(<ds:Reference .*?</ds:Reference>)", "$1$1")),
                bent(
                        "a signature inside the body too",
                        Fault.INCOMPLETE,
                        x -> x.replace(
                                "<header>", "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/><header>")),
                bent(
                        "the body's id given to another",
                        Fault.INCOMPLETE,
                        x -> x.replace("<header>", "<header Id=\"chapar-body\">")),
                bent(
                        "the body's id in xml:id elsewhere",
                        Fault.INCOMPLETE,
                        x -> x.replace("<header>", "<header xml:id=\"chapar-body\">")),
                bent(
                        "wrapped: the signed body in the header, another in its place",
                        Fault.INCOMPLETE,
                        x -> x.replace(BODY, "<soap:Body wsu:Id=\"other\"><evil/></soap:Body>")
                                .replace("</soap:Header>", BODY + "</soap:Header>")),
                bent(
                        "wrapped: the signed body in the security header",
                        Fault.INCOMPLETE,
                        x -> x.replace(BODY, "<soap:Body><evil/></soap:Body>")
                                .replace("</wsse:Security>", "<w>" + BODY + "</w></wsse:Security>")),
                bent(
                        "wrapped: the signed body in the body",
                        Fault.INCOMPLETE,
                        x -> x.replace(BODY, "<soap:Body><evil>" + BODY + "</evil></soap:Body>")),
                bent(
                        "wrapped: the signed timestamp elsewhere",
                        Fault.INCOMPLETE,
                        x -> x.replaceAll(
                                "(<wsu:Timestamp.*</wsu:Timestamp>)(.*)(</soap:Header>)",
                                "<wsu:Timestamp><wsu:Created>2026-11-23T10:00:00Z</wsu:Created></wsu:Timestamp>$2<w>$1</w>$3")),
                bent(
                        "the signature outside the security header",
                        Fault.INCOMPLETE,
                        x -> x.replaceAll("(<ds:Signature .*</ds:Signature>)(</wsse:Security>)", "$2$1")
                                .replace("<soap:Header>", "<soap:Header xmlns:wsse=\"" + SoapNames.WSSE + "\">")),
                bent(
                        "a key identifier",
                        Fault.INCOMPLETE,
                        x -> x.replaceAll(
                                "<wsse:Reference.*</wsse:Reference>", "<wsse:KeyIdentifier>MII=</wsse:KeyIdentifier>")),
                bent(
                        "an external token",
                        Fault.INCOMPLETE,
                        x -> x.replace("URI=\"#chapar-certificate\"", "URI=\"http://example.org/\"")),
                bent(
                        "the token's reference names the body",
                        Fault.INCOMPLETE,
                        x -> x.replace("URI=\"#chapar-certificate\"", "URI=\"#chapar-body\"")),
                bent("certificates as a path", Fault.INCOMPLETE, x -> x.replace("#X509v3", "#X509PKIPathv1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bent")
    void refused_when_bent(String situation, Fault fault, String bent) {
        assertThat(bent).isNotEqualTo(SIGNED);
        assertThatThrownBy(() -> signatures.verify(bent.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        SignatureRefused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(fault));
    }

    static Stream<Arguments> noEnvelopes() {
        return Stream.of(
                bent("a second child in the body", Fault.INVALID, x -> x.replace("</soap:Body>", "<b/></soap:Body>")),
                bent("an empty body", Fault.INVALID, x -> x.replace(CONTENT, "")),
                bent("text in the body", Fault.INVALID, x -> x.replace("</soap:Body>", "x</soap:Body>")),
                bent("two bodies", Fault.INVALID, x -> x.replace(BODY, BODY + "<soap:Body><a/></soap:Body>")),
                bent(
                        "something after the body",
                        Fault.INVALID,
                        x -> x.replace("</soap:Envelope>", "<x/></soap:Envelope>")),
                bent(
                        "a body of the other version",
                        Fault.INVALID,
                        x -> x.replace("<soap:Body", "<s:Body xmlns:s=\"" + SoapNames.SOAP_12 + "\"")
                                .replace("</soap:Body", "</s:Body")),
                bent("a DOCTYPE", Fault.INVALID, x -> "<!DOCTYPE a []>" + x),
                bent("no envelope", Fault.INVALID, x -> CONTENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noEnvelopes")
    void refused_when_it_is_no_envelope_with_one_content(String situation, Fault unused, String bent) {
        assertThatThrownBy(() -> signatures.verify(bent.getBytes(UTF_8))).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-6, 6, 600, -600})
    void refused_when_the_timestamp_is_not_of_now(long minutes) {
        Clock later = Clock.offset(TestPki.CLOCK, Duration.ofMinutes(minutes));

        assertThatThrownBy(() -> new EnvelopeSignatures(later, SKEW).verify(SIGNED.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        SignatureRefused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.INVALID));
    }

    @ParameterizedTest
    @ValueSource(longs = {-4, 0, 4})
    void verified_when_the_clocks_differ_a_little(long minutes) throws Exception {
        Clock other = Clock.offset(TestPki.CLOCK, Duration.ofMinutes(minutes));

        assertThat(new EnvelopeSignatures(other, SKEW)
                        .verify(SIGNED.getBytes(UTF_8))
                        .signer())
                .isEqualTo(SBS.certificate());
    }

    private static Arguments bent(String situation, Fault fault, UnaryOperator<String> bend) {
        return Arguments.of(situation, fault, bend.apply(SIGNED));
    }

    private static String strangersToken(String signed) {
        String other = new String(PKI.signing("MJ").signer().envelope("<a/>".getBytes(UTF_8), false), UTF_8);
        String token = other.replaceAll("(?s)^.*(<wsse:Binary.*</wsse:BinarySecurityToken>).*$", "$1");
        return signed.replaceAll("<wsse:Binary.*</wsse:BinarySecurityToken>", token);
    }
}
