package io.chapar.trust;

import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

import static io.chapar.trust.StrictElements.children;
import static io.chapar.trust.StrictElements.expect;
import static io.chapar.trust.StrictElements.is;
import static io.chapar.trust.StrictElements.onlyAttributes;

/**
 * The signed properties of XAdES-B-B (ETSI EN 319 132-1): where a signature has them, it must cover them, and they must
 * name the certificate that KeyInfo holds.
 */
final class XadesProperties {

    static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";
    static final String SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties";

    private XadesProperties() {}

    /** A plain signature, without any, is as good. */
    static void verify(Element signatureElement, SignatureElement signature, KeyObjects.Known signer)
            throws SignatureRefused {
        Optional<SignatureElement.Reference> reference = signature.references().stream()
                .filter(candidate -> !candidate.uri().isEmpty())
                .findFirst();
        if (reference.isEmpty()) {
            if (!signature.objects().isEmpty()) {
                throw SignatureRefused.incomplete("the signature holds an object that it does not cover");
            }
            return;
        }
        Element properties = signedProperties(signatureElement, signature.objects());
        covers(reference.get(), properties);
        UniqueIds.of(signatureElement.getOwnerDocument());
        namesSigner(properties, signer);
    }

    private static Element signedProperties(Element signature, List<Element> objects) throws SignatureRefused {
        if (objects.size() != 1) {
            throw SignatureRefused.incomplete("a reference leads elsewhere than to the document and its properties");
        }
        List<Element> held = children(objects.get(0));
        if (held.size() != 1) {
            throw SignatureRefused.incomplete("the signature's object holds QualifyingProperties and nothing else");
        }
        Element qualifying = expect(held.get(0), XADES, "QualifyingProperties");
        onlyAttributes(objects.get(0), "Id");
        onlyAttributes(qualifying, "Id", "Target");
        String id = signature.getAttributeNS(null, "Id");
        if (id.isEmpty() || !qualifying.getAttributeNS(null, "Target").equals("#" + id)) {
            throw SignatureRefused.incomplete("QualifyingProperties belong to another signature");
        }
        List<Element> properties = children(qualifying);
        if (properties.size() != 1) {
            throw SignatureRefused.incomplete("QualifyingProperties hold SignedProperties and nothing else");
        }
        return expect(properties.get(0), XADES, "SignedProperties");
    }

    private static void covers(SignatureElement.Reference reference, Element properties) throws SignatureRefused {
        onlyAttributes(properties, "Id");
        String id = properties.getAttributeNS(null, "Id");
        if (id.isEmpty()
                || !reference.uri().equals("#" + id)
                || !reference.type().equals(SIGNED_PROPERTIES)) {
            throw SignatureRefused.incomplete("the second reference is not one to the signature's SignedProperties");
        }
        if (reference.transforms().size() > 1) {
            throw SignatureRefused.incomplete("the reference to SignedProperties has one C14N as transform, or none");
        }
        // without a transform it is C14N 1.0 (XML Signature 1.1, section 4.4.3.2)
        SignatureElement.Canonicalisation canonicalisation =
                reference.transforms().isEmpty()
                        ? new SignatureElement.Canonicalisation(SignatureElement.INCLUSIVE, "")
                        : SignatureElement.canonicalisation(
                                reference.transforms().get(0));
        if (!reference.digest().fits(canonicalisation.of(properties))) {
            throw SignatureRefused.invalid("SignedProperties were changed after they were signed");
        }
    }

    private static void namesSigner(Element properties, KeyObjects.Known signer) throws SignatureRefused {
        for (Element group : children(properties)) {
            if (!is(group, XADES, "SignedSignatureProperties")) {
                continue;
            }
            for (Element property : children(group)) {
                if (is(property, XADES, "SigningCertificateV2") || is(property, XADES, "SigningCertificate")) {
                    certificate(property, signer);
                    return;
                }
            }
        }
        throw SignatureRefused.incomplete("SignedProperties do not name the signing certificate");
    }

    /** The first certificate that is named is the signer's (EN 319 132-1, section 5.2.2). */
    private static void certificate(Element property, KeyObjects.Known signer) throws SignatureRefused {
        List<Element> certificates = children(property);
        List<Element> parts = certificates.isEmpty() ? List.of() : children(certificates.get(0));
        List<Element> digest = parts.isEmpty() ? List.of() : children(expect(parts.get(0), XADES, "CertDigest"));
        if (digest.size() != 2) {
            throw SignatureRefused.incomplete("SignedProperties do not name the signing certificate by a digest");
        }
        try {
            if (!XmlDigest.read(digest.get(0), digest.get(1))
                    .fits(signer.certificate().getEncoded())) {
                throw SignatureRefused.invalid("SignedProperties name another certificate than KeyInfo");
            }
        } catch (CertificateEncodingException e) {
            throw SignatureRefused.invalid("the signer's certificate cannot be read or used");
        }
    }
}
