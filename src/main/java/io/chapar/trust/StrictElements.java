package io.chapar.trust;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.xml.XMLConstants;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** Reads elements of which every child and attribute must be one that is expected. */
final class StrictElements {

    private StrictElements() {}

    /** The child elements; text between them may only be white space. */
    static List<Element> children(Element parent) throws SignatureRefused {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            } else if (!isBlank(node)) {
                throw SignatureRefused.incomplete("text stands where only elements may");
            }
        }
        return children;
    }

    static boolean isBlank(Node node) {
        return node.getNodeType() == Node.TEXT_NODE
                && node.getNodeValue().chars().allMatch(c -> c <= ' ');
    }

    static Element expect(Element element, String namespace, String name) throws SignatureRefused {
        if (!is(element, namespace, name)) {
            throw SignatureRefused.incomplete("the signature profile wants " + name + " in its place");
        }
        return element;
    }

    static boolean is(Element element, String namespace, String name) {
        return name.equals(element.getLocalName()) && namespace.equals(element.getNamespaceURI());
    }

    /** The {@code Algorithm}, which is the only attribute. */
    static String algorithm(Element method) throws SignatureRefused {
        onlyAttributes(method, "Algorithm");
        return method.getAttributeNS(null, "Algorithm");
    }

    static void onlyAttributes(Element element, String... allowed) throws SignatureRefused {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            boolean declaration = XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI());
            boolean expected = attribute.getNamespaceURI() == null
                    && Arrays.asList(allowed).contains(attribute.getLocalName());
            if (!declaration && !expected) {
                throw SignatureRefused.incomplete("an element of the signature has an attribute that is not allowed");
            }
        }
    }

    static byte[] base64(Element element) throws SignatureRefused {
        if (element.getElementsByTagName("*").getLength() > 0) {
            throw SignatureRefused.incomplete("an element stands where only base64 may");
        }
        StringBuilder text = new StringBuilder();
        element.getTextContent().chars().filter(c -> c > ' ').forEach(c -> text.append((char) c));
        try {
            return Base64.getDecoder().decode(text.toString());
        } catch (IllegalArgumentException e) {
            throw SignatureRefused.invalid("a value of the signature is not base64");
        }
    }
}
