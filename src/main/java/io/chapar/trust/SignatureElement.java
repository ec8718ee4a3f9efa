package io.chapar.trust;

import java.util.ArrayList;
import java.util.List;
import org.apache.xml.security.c14n.Canonicalizer;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import static io.chapar.trust.StrictElements.algorithm;
import static io.chapar.trust.StrictElements.base64;
import static io.chapar.trust.StrictElements.children;
import static io.chapar.trust.StrictElements.expect;
import static io.chapar.trust.StrictElements.onlyAttributes;

/**
 * A {@code ds:Signature} held to its form: each child, attribute and algorithm is compared with a list before anything
 * is computed, so that nothing in it can lead anywhere else.
 */
final class SignatureElement {

    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String ENVELOPED = DS + "enveloped-signature";
    static final String EXCLUSIVE = Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS;
    static final String INCLUSIVE = Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS;

    private static final int MOST_REFERENCES = 2;

    /** Each is looked up at each element of the document: thousands would cost seconds. */
    private static final int MOST_PREFIXES = 32;

    private final Element signedInfo;
    private final Canonicalisation canonicalisation;
    private final SignatureAlgorithm algorithm;
    private final List<Reference> references;
    private final byte[] value;
    private final Element keyInfo;
    private final List<Element> objects;

    /** C14N with the prefixes that exclusive C14N is to treat inclusively. */
    record Canonicalisation(String algorithm, String inclusivePrefixes) {
        byte[] of(Node node) {
            return HardenedXml.canonical(node, algorithm, inclusivePrefixes);
        }
    }

    /** One thing that is said to be signed. */
    record Reference(String uri, String type, List<Element> transforms, XmlDigest digest) {}

    private SignatureElement(
            Element signedInfo,
            Canonicalisation canonicalisation,
            SignatureAlgorithm algorithm,
            List<Reference> references,
            byte[] value,
            Element keyInfo,
            List<Element> objects) {
        this.signedInfo = signedInfo;
        this.canonicalisation = canonicalisation;
        this.algorithm = algorithm;
        this.references = references;
        this.value = value;
        this.keyInfo = keyInfo;
        this.objects = objects;
    }

    static SignatureElement read(Element signature) throws SignatureRefused {
        onlyAttributes(signature, "Id");
        List<Element> parts = children(signature);
        if (parts.size() < 3) {
            throw SignatureRefused.incomplete("a signature has SignedInfo, SignatureValue and KeyInfo");
        }
        Element signedInfo = expect(parts.get(0), DS, "SignedInfo");
        Element value = expect(parts.get(1), DS, "SignatureValue");
        Element keyInfo = expect(parts.get(2), DS, "KeyInfo");
        List<Element> objects = parts.subList(3, parts.size());
        for (Element object : objects) {
            expect(object, DS, "Object");
        }
        List<Element> said = children(signedInfo);
        if (said.size() < 3 || said.size() > 2 + MOST_REFERENCES) {
            throw SignatureRefused.incomplete("SignedInfo has one or two references");
        }
        Element method = expect(said.get(1), DS, "SignatureMethod");
        SignatureAlgorithm algorithm = SignatureAlgorithm.ofXmlName(algorithm(method))
                .orElseThrow(() -> SignatureRefused.invalid(
                        "SignatureMethod is none of ECDSA with SHA-256 or SHA-384, RSA with SHA-256, Ed25519"));
        if (!children(method).isEmpty()) {
            throw SignatureRefused.invalid("SignatureMethod takes no parameters");
        }
        List<Reference> references = new ArrayList<>();
        for (Element reference : said.subList(2, said.size())) {
            references.add(reference(expect(reference, DS, "Reference")));
        }
        return new SignatureElement(
                signedInfo,
                canonicalisation(expect(said.get(0), DS, "CanonicalizationMethod")),
                algorithm,
                references,
                base64(value),
                keyInfo,
                objects);
    }

    List<Reference> references() {
        return references;
    }

    Element keyInfo() {
        return keyInfo;
    }

    List<Element> objects() {
        return objects;
    }

    /** Must be asked while the signature still stands in its document: inclusive C14N depends on what surrounds it. */
    void verify(KeyObjects.Known signer) throws SignatureRefused {
        if (!algorithm.verifies(signer, canonicalisation.of(signedInfo), value)) {
            throw SignatureRefused.invalid("the signature value does not verify with the certificate's key");
        }
    }

    /** The method of an element that names a C14N: 1.0 inclusive, or exclusive, both without comments. */
    static Canonicalisation canonicalisation(Element method) throws SignatureRefused {
        String algorithm = algorithm(method);
        List<Element> parameters = children(method);
        if (algorithm.equals(INCLUSIVE) && parameters.isEmpty()) {
            return new Canonicalisation(INCLUSIVE, "");
        }
        if (!algorithm.equals(EXCLUSIVE)) {
            throw SignatureRefused.incomplete("a canonicalization is neither C14N 1.0 nor exclusive C14N");
        }
        if (parameters.isEmpty()) {
            return new Canonicalisation(EXCLUSIVE, "");
        }
        if (parameters.size() > 1) {
            throw SignatureRefused.incomplete("exclusive C14N takes InclusiveNamespaces and nothing else");
        }
        Element inclusive = expect(parameters.get(0), EXCLUSIVE, "InclusiveNamespaces");
        onlyAttributes(inclusive, "PrefixList");
        String prefixes = inclusive.getAttributeNS(null, "PrefixList").strip();
        if (prefixes.split("\\s+", MOST_PREFIXES + 1).length > MOST_PREFIXES) {
            throw SignatureRefused.incomplete("InclusiveNamespaces names more than " + MOST_PREFIXES + " prefixes");
        }
        return new Canonicalisation(EXCLUSIVE, prefixes);
    }

    private static Reference reference(Element reference) throws SignatureRefused {
        onlyAttributes(reference, "Id", "URI", "Type");
        if (!reference.hasAttributeNS(null, "URI")) {
            throw SignatureRefused.incomplete("a reference has a URI");
        }
        List<Element> parts = children(reference);
        List<Element> transforms = List.of();
        if (parts.size() == 3) {
            transforms = children(expect(parts.get(0), DS, "Transforms"));
            for (Element transform : transforms) {
                expect(transform, DS, "Transform");
            }
            parts = parts.subList(1, 3);
        }
        if (parts.size() != 2) {
            throw SignatureRefused.incomplete("a reference has Transforms, DigestMethod and DigestValue");
        }
        return new Reference(
                reference.getAttributeNS(null, "URI"),
                reference.getAttributeNS(null, "Type"),
                transforms,
                XmlDigest.read(parts.get(0), parts.get(1)));
    }
}
