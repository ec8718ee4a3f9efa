package io.chapar.trust;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import static io.chapar.trust.StrictElements.is;

/**
 * An envelope, each part found by where it stands: Header and Body as children of the root, the Security header as child
 * of Header, the content as the only element in Body.
 */
record SoapEnvelope(Document document, List<Element> headers, Element body, Element content) {

    static SoapEnvelope read(Document document) throws Malformed {
        Element root = document.getDocumentElement();
        String soap = root.getNamespaceURI();
        if (!is(root, SoapNames.SOAP_11, "Envelope") && !is(root, SoapNames.SOAP_12, "Envelope") || soap == null) {
            throw new Malformed("the document is not a SOAP envelope");
        }
        List<Element> parts = elements(root);
        boolean header = !parts.isEmpty() && is(parts.get(0), soap, "Header");
        if (parts.size() != (header ? 2 : 1) || !is(parts.get(parts.size() - 1), soap, "Body")) {
            throw new Malformed("an envelope has a Header and one Body, and nothing after it");
        }
        Element body = parts.get(parts.size() - 1);
        List<Element> content = elements(body);
        if (content.size() != 1) {
            throw new Malformed("the Body does not hold exactly one element");
        }
        return new SoapEnvelope(document, header ? elements(parts.get(0)) : List.of(), body, content.get(0));
    }

    Element security() throws SignatureRefused {
        List<Element> security = headers.stream()
                .filter(header -> is(header, SoapNames.WSSE, "Security"))
                .toList();
        if (security.isEmpty()) {
            throw SignatureRefused.missing("the envelope has no Security header");
        }
        if (security.size() > 1) {
            throw SignatureRefused.incomplete("the envelope has more than one Security header");
        }
        return security.get(0);
    }

    private static List<Element> elements(Element parent) throws Malformed {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            } else if (!StrictElements.isBlank(node)) {
                throw new Malformed("text stands in the envelope outside its content");
            }
        }
        return elements;
    }
}
