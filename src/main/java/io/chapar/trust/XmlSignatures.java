package io.chapar.trust;

import io.chapar.message.Digest;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

import static io.chapar.trust.StrictElements.algorithm;
import static io.chapar.trust.StrictElements.children;
import static io.chapar.trust.StrictElements.expect;
import static io.chapar.trust.StrictElements.is;
import static io.chapar.trust.StrictElements.onlyAttributes;

/**
 * Verifies the enveloped signature of a document: one {@code ds:Signature}, last child of the root, over the whole
 * document; plain XMLDSig or XAdES-B-B. The form is compared literally first; then the digest is computed over the very
 * document that is handed on, so there is nothing between what was verified and what is used.
 */
public final class XmlSignatures {

    private static final String FILTER = "http://www.w3.org/2002/06/xmldsig-filter2";
    private static final String WITHOUT_SIGNATURES = "/descendant::ds:Signature";

    /**
     * @param document as {@link HardenedXml} read it; its signature is taken out of it
     * @throws SignatureRefused if the signature is not there, does not verify, or does not cover exactly the document
     */
    public SignedXml verify(Document document) throws SignatureRefused {
        Element element = only(document);
        SignatureElement signature = SignatureElement.read(element);
        SignatureElement.Reference whole = whole(signature);
        SignatureElement.Canonicalisation canonicalisation = transforms(whole.transforms());
        KeyObjects.Known signer = signer(signature.keyInfo());
        signature.verify(signer);
        XadesProperties.verify(element, signature, signer);
        document.getDocumentElement().removeChild(element);
        byte[] covered = canonicalisation.of(document);
        if (!whole.digest().fits(covered)) {
            throw SignatureRefused.invalid("the document was changed after it was signed");
        }
        boolean plain = canonicalisation.inclusivePrefixes().isEmpty();
        Digest contentDigest = Digest.of(plain ? covered : HardenedXml.canonical(document));
        return new SignedXml(document, contentDigest, signer.certificate());
    }

    private static Element only(Document document) throws SignatureRefused {
        NodeList signatures = document.getElementsByTagNameNS(SignatureElement.DS, "Signature");
        if (signatures.getLength() == 0) {
            throw SignatureRefused.missing("the document has no signature");
        }
        if (signatures.getLength() > 1) {
            throw SignatureRefused.incomplete("the document has more than one signature");
        }
        Node signature = signatures.item(0);
        if (signature.getParentNode() != document.getDocumentElement()) {
            throw SignatureRefused.incomplete("the signature is not a child of the root");
        }
        for (Node after = signature.getNextSibling(); after != null; after = after.getNextSibling()) {
            if (!StrictElements.isBlank(after)) {
                throw SignatureRefused.incomplete("the signature is not the last child of the root");
            }
        }
        return (Element) signature;
    }

    /** The one reference to the document; the other one, if there is one, is XAdES's own. */
    private static SignatureElement.Reference whole(SignatureElement signature) throws SignatureRefused {
        List<SignatureElement.Reference> whole = signature.references().stream()
                .filter(reference -> reference.uri().isEmpty())
                .toList();
        if (whole.size() != 1) {
            throw SignatureRefused.incomplete("the signature has not exactly one reference with an empty URI");
        }
        if (!whole.get(0).type().isEmpty()) {
            throw SignatureRefused.incomplete("the reference to the document has no Type");
        }
        return whole.get(0);
    }

    private static SignatureElement.Canonicalisation transforms(List<Element> transforms) throws SignatureRefused {
        if (transforms.size() != 2 || !takesSignatureOut(transforms.get(0))) {
            throw SignatureRefused.incomplete("the transforms are not enveloped-signature, then exclusive C14N");
        }
        return exclusive(transforms.get(1));
    }

    static SignatureElement.Canonicalisation exclusive(Element transform) throws SignatureRefused {
        SignatureElement.Canonicalisation canonicalisation = SignatureElement.canonicalisation(transform);
        if (!canonicalisation.algorithm().equals(SignatureElement.EXCLUSIVE)) {
            throw SignatureRefused.incomplete("the last transform is not exclusive C14N without comments");
        }
        return canonicalisation;
    }

    /** Both ways of saying so come to the same here, because the document has one signature only. */
    private static boolean takesSignatureOut(Element transform) throws SignatureRefused {
        String algorithm = algorithm(transform);
        List<Element> parameters = children(transform);
        if (algorithm.equals(SignatureElement.ENVELOPED)) {
            return parameters.isEmpty();
        }
        if (!algorithm.equals(FILTER) || parameters.size() != 1) {
            return false;
        }
        Element xpath = expect(parameters.get(0), FILTER, "XPath");
        onlyAttributes(xpath, "Filter");
        return xpath.getAttributeNS(null, "Filter").equals("subtract")
                && xpath.getElementsByTagName("*").getLength() == 0
                && xpath.getTextContent().equals(WITHOUT_SIGNATURES)
                && SignatureElement.DS.equals(xpath.lookupNamespaceURI("ds"));
    }

    /** The certificate lies in KeyInfo itself; nothing is fetched from anywhere. */
    private static KeyObjects.Known signer(Element keyInfo) throws SignatureRefused {
        onlyAttributes(keyInfo, "Id");
        List<Element> kinds = children(keyInfo);
        if (kinds.size() != 1 || !is(kinds.get(0), SignatureElement.DS, "X509Data")) {
            throw SignatureRefused.incomplete("KeyInfo has one X509Data and nothing else");
        }
        Optional<Element> first = Optional.empty();
        for (Element part : children(kinds.get(0))) {
            if (is(part, SignatureElement.DS, "X509Certificate")) {
                first = first.or(() -> Optional.of(part));
            } else if (!is(part, SignatureElement.DS, "X509SubjectName")
                    && !is(part, SignatureElement.DS, "X509IssuerSerial")
                    && !is(part, SignatureElement.DS, "X509SKI")) {
                throw SignatureRefused.incomplete("X509Data holds something other than the certificate");
            }
        }
        return certificate(
                first.orElseThrow(() -> SignatureRefused.incomplete("KeyInfo does not hold the signer's certificate")));
    }

    static KeyObjects.Known certificate(Element base64) throws SignatureRefused {
        try {
            return KeyObjects.of(StrictElements.base64(base64));
        } catch (CertificateException e) {
            throw SignatureRefused.invalid("the signer's certificate cannot be read or used");
        }
    }
}
