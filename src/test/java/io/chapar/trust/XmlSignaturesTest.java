package io.chapar.trust;

import io.chapar.message.Digest;
import io.chapar.trust.TestPki.Identity;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is accepted, and what is not signed; what is refused is in {@code io.chapar.attacks}. */
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
}
