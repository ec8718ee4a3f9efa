package io.chapar.trust;

import io.chapar.message.Digest;
import io.chapar.trust.SignatureRefused.Fault;
import io.chapar.trust.TestPki.Identity;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class XmlSignaturesTest {

    private static final TestPki PKI = new TestPki("XML");
    private static final Identity MH = PKI.signing("MH");
    private static final String DOCUMENT =
            "<birthNotification xmlns=\"urn:chapar:birth-notification:1.0\"><header><sender>MH</sender></header>"
                    + "<child><sex>F</sex></child></birthNotification>";
    private static final String SIGNED = new String(MH.signer().xml(DOCUMENT.getBytes(UTF_8)), UTF_8);

    private final XmlSignatures signatures = new XmlSignatures();

    @Test
    void verified_is_the_document_without_its_signature() throws Exception {
        SignedXml signed = verify(SIGNED);

        assertThat(new String(HardenedXml.serialise(signed.document()), UTF_8)).isEqualTo(DOCUMENT);
        assertThat(signed.contentDigest()).isEqualTo(Digest.of(DOCUMENT.getBytes(UTF_8)));
        assertThat(signed.signer()).isEqualTo(MH.certificate());
    }

    static Stream<Identity> everyKindOfKey() {
        return Stream.of(
                PKI.signing("P-256"),
                PKI.signing("P-384", TestPki.ec("secp384r1")),
                PKI.signing("RSA", TestPki.rsa(2048)),
                PKI.signing("Ed25519", TestPki.ed25519()));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfKey")
    void verified_with_every_kind_of_key(Identity identity) throws Exception {
        byte[] signed = identity.signer().xml(DOCUMENT.getBytes(UTF_8));

        assertThat(signatures.verify(HardenedXml.parse(signed)).signer()).isEqualTo(identity.certificate());
    }

    @Test
    void verified_with_comments_and_cdata_and_white_space_about() throws Exception {
        String bent = SIGNED.replace("<sex>F</sex>", "<sex><!-- M --><![CDATA[F]]></sex>")
                .replace("</birth", "\n</birth");
        // white space after the signature is part of the document, so it must have been there when it was signed
        assertThatThrownBy(() -> verify(bent)).isInstanceOf(SignatureRefused.class);
        assertThat(verify(SIGNED.replace("<sex>F</sex>", "<sex><!-- M --><![CDATA[F]]></sex>"))
                        .document())
                .isNotNull();
    }

    static Stream<Arguments> bent() {
        return Stream.of(
                bent("a value changed", Fault.INVALID, x -> x.replace("<sex>F", "<sex>M")),
                bent("an element added", Fault.INVALID, x -> x.replace("<child>", "<child><a/>")),
                bent("a namespace changed", Fault.INVALID, x -> x.replace("notification:1.0", "notification:1.1")),
                bent("the signing time changed", Fault.INVALID, x -> x.replace("SigningTime>2026", "SigningTime>2025")),
                bent("the signature value changed", Fault.INVALID, XmlSignaturesTest::otherValue),
                bent("the signature value empty", Fault.INVALID, x -> x.replaceAll("(SignatureValue>)[^<]+", "$1")),
                bent("a weaker signature method", Fault.INVALID, x -> x.replace("#ecdsa-sha256", "#ecdsa-sha1")),
                bent("an HMAC", Fault.INVALID, x -> x.replace("#ecdsa-sha256", "#hmac-sha256")),
                bent("an RSA method for an EC key", Fault.INVALID, x -> x.replace("#ecdsa-sha256", "#rsa-sha256")),
                bent("the method of another curve", Fault.INVALID, x -> x.replace("#ecdsa-sha256", "#ecdsa-sha384")),
                bent(
                        "parameters of a method",
                        Fault.INVALID,
                        x -> x.replace(
                                "</ds:SignatureMethod>",
                                "<ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>")),
                bent("SHA-1", Fault.INVALID, x -> x.replace("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1")),
                bent(
                        "an unreadable certificate",
                        Fault.INVALID,
                        x -> x.replace("X509Certificate>MII", "X509Certificate>AII")),
                bent("a certificate of another", Fault.INVALID, XmlSignaturesTest::strangersCertificate),
                bent(
                        "C14N with comments",
                        Fault.INCOMPLETE,
                        x -> x.replaceFirst("xml-exc-c14n#\"", "xml-exc-c14n#WithComments\"")),
                bent(
                        "C14N 1.1",
                        Fault.INCOMPLETE,
                        x -> x.replaceFirst("2001/10/xml-exc-c14n#\"", "2006/12/xml-c14n11\"")),
                bent(
                        "no enveloped transform",
                        Fault.INCOMPLETE,
                        x -> x.replaceFirst(
                                "<ds:Transform Algorithm=\"[^\"]*enveloped-signature\"></ds:Transform>", "")),
                bent(
                        "inclusive C14N of the document",
                        Fault.INCOMPLETE,
                        x -> x.replaceFirst(
                                "(enveloped-signature\"></ds:Transform><ds:Transform Algorithm=\")[^\"]+",
                                "$1http://www.w3.org/TR/2001/REC-xml-c14n-20010315")),
                bent(
                        "an XSLT transform",
                        Fault.INCOMPLETE,
                        x -> x.replaceFirst("2000/09/xmldsig#enveloped-signature", "TR/1999/REC-xslt-19991116")),
                bent(
                        "an XPath transform",
                        Fault.INCOMPLETE,
                        x -> x.replaceFirst("2000/09/xmldsig#enveloped-signature", "TR/1999/REC-xpath-19991116")),
                bent(
                        "a third transform",
                        Fault.INCOMPLETE,
                        x -> x.replaceFirst(
                                "</ds:Transforms>",
                                "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#base64\"></ds:Transform></ds:Transforms>")),
                bent(
                        "an external reference",
                        Fault.INCOMPLETE,
                        x -> x.replace("URI=\"\"", "URI=\"http://example.org/\"")),
                bent(
                        "a reference to a part",
                        Fault.INCOMPLETE,
                        x -> x.replace("URI=\"\"", "URI=\"#x\"").replace("<child>", "<child Id=\"x\">")),
                bent("a reference by XPointer", Fault.INCOMPLETE, x -> x.replace("URI=\"\"", "URI=\"#xpointer(/)\"")),
                bent("a reference without URI", Fault.INCOMPLETE, x -> x.replace(" URI=\"\"", "")),
                bent(
                        "a third reference",
                        Fault.INCOMPLETE,
                        x -> x.replaceFirst("(<ds:Reference.*?</ds:Reference>)", "$1$1")),
                bent(
                        "a retrieval method",
                        Fault.INCOMPLETE,
                        x -> x.replace(
                                "</ds:X509Data>", "</ds:X509Data><ds:RetrievalMethod URI=\"http://example.org/\"/>")),
                bent("a key value", Fault.INCOMPLETE, x -> x.replace("<ds:X509Data>", "<ds:KeyValue/><ds:X509Data>")),
                bent("no KeyInfo", Fault.INCOMPLETE, x -> x.replaceAll("<ds:KeyInfo>.*</ds:KeyInfo>", "")),
                bent(
                        "no certificate",
                        Fault.INCOMPLETE,
                        x -> x.replaceAll(
                                "<ds:X509Certificate>.*</ds:X509Certificate>",
                                "<ds:X509SubjectName>CN=MH</ds:X509SubjectName>")),
                bent(
                        "a manifest",
                        Fault.INCOMPLETE,
                        x -> x.replace("</ds:Object>", "</ds:Object><ds:Object><ds:Manifest/></ds:Object>")),
                bent(
                        "properties of another signature",
                        Fault.INCOMPLETE,
                        x -> x.replace("Target=\"#chapar-signature\"", "Target=\"#other\"")),
                bent(
                        "properties that are not covered",
                        Fault.INVALID,
                        x -> x.replaceFirst("<ds:Reference Type.*?</ds:Reference>", "")),
                bent(
                        "unsigned properties",
                        Fault.INCOMPLETE,
                        x -> x.replace(
                                "</xades:QualifyingProperties>",
                                "<xades:UnsignedProperties/></xades:QualifyingProperties>")),
                bent(
                        "an id twice",
                        Fault.INCOMPLETE,
                        x -> x.replace("<child>", "<child id=\"chapar-signed-properties\">")),
                bent("no signature", Fault.MISSING, x -> DOCUMENT),
                bent(
                        "two signatures",
                        Fault.INCOMPLETE,
                        x -> x.replaceFirst("(<ds:Signature .*</ds:Signature>)", "$1$1")),
                bent(
                        "a signature in the signature",
                        Fault.INCOMPLETE,
                        x -> x.replace("<ds:Object>", "<ds:Object><ds:Signature/>")),
                bent("the signature deeper", Fault.INCOMPLETE, x -> moved(x, "<child>")),
                bent("the signature first", Fault.INCOMPLETE, x -> moved(x, "<header>")),
                bent(
                        "text after the signature",
                        Fault.INCOMPLETE,
                        x -> x.replace("</ds:Signature>", "</ds:Signature>x")),
                bent(
                        "a signed document inside another",
                        Fault.INCOMPLETE,
                        x -> "<birthNotification>" + x + "</birthNotification>"),
                bent(
                        "the signature as root",
                        Fault.INCOMPLETE,
                        x -> x.replaceAll("^.*(<ds:Signature .*</ds:Signature>).*$", "$1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bent")
    void refused_when_bent(String situation, Fault fault, String bent) {
        assertThat(bent).isNotEqualTo(SIGNED);
        assertThatThrownBy(() -> verify(bent))
                .isInstanceOfSatisfying(
                        SignatureRefused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(fault));
    }

    @Test
    void refused_when_the_key_is_too_short() {
        assertThatThrownBy(() -> PKI.signing("weak", TestPki.rsa(1024)).signer())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refused_to_sign_when_the_key_is_not_the_certificates() {
        assertThatThrownBy(() -> new KeySigner(TestPki.ec("secp256r1").getPrivate(), MH.certificate()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refused_to_sign_what_is_signed() {
        assertThatThrownBy(() -> MH.signer().xml(SIGNED.getBytes(UTF_8))).isInstanceOf(IllegalArgumentException.class);
    }

    private SignedXml verify(String xml) throws Malformed, SignatureRefused {
        Document document = HardenedXml.parse(xml.getBytes(UTF_8));
        return signatures.verify(document);
    }

    private static Arguments bent(String situation, Fault fault, UnaryOperator<String> bend) {
        return Arguments.of(situation, fault, bend.apply(SIGNED));
    }

    private static String otherValue(String signed) {
        String other = new String(MH.signer().xml("<other/>".getBytes(UTF_8)), UTF_8);
        String value = other.replaceAll("(?s)^.*<ds:SignatureValue>(.*)</ds:SignatureValue>.*$", "$1");
        return signed.replaceAll("(<ds:SignatureValue>)[^<]+", "$1" + value);
    }

    private static String strangersCertificate(String signed) {
        String other = new String(PKI.signing("MJ").signer().xml("<other/>".getBytes(UTF_8)), UTF_8);
        String certificate = other.replaceAll("(?s)^.*<ds:X509Certificate>(.*)</ds:X509Certificate>.*$", "$1");
        return signed.replaceAll("(<ds:X509Certificate>)[^<]+", "$1" + certificate);
    }

    private static String moved(String signed, String before) {
        String signature = signed.replaceAll("^.*(<ds:Signature .*</ds:Signature>).*$", "$1");
        return signed.replace(signature, "")
                .replace(before, before.equals("<child>") ? before + signature : signature + before);
    }
}
