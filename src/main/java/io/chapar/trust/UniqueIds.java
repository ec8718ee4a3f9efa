package io.chapar.trust;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Looks over a whole document for ids, whatever their namespace and case: a reference must be able to mean one element
 * only, for us and for everyone who verifies after us.
 */
final class UniqueIds {

    private UniqueIds() {}

    /**
     * @return each id with its element
     * @throws SignatureRefused if two elements have the same
     */
    static Map<String, Element> of(Document document) throws SignatureRefused {
        Map<String, Element> ids = new HashMap<>();
        for (Node node = document.getDocumentElement(); node != null; node = next(node)) {
            if (node instanceof Element element) {
                collect(element, ids);
            }
        }
        return ids;
    }

    private static void collect(Element element, Map<String, Element> ids) throws SignatureRefused {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            String name = attribute.getLocalName();
            if (name != null && name.toLowerCase(Locale.ROOT).equals("id")) {
                Element other = ids.putIfAbsent(attribute.getNodeValue(), element);
                if (other != null && other != element) {
                    throw SignatureRefused.incomplete("two elements have the same id");
                }
            }
        }
    }

    /** In document order. */
    private static @Nullable Node next(Node node) {
        if (node.getFirstChild() != null) {
            return node.getFirstChild();
        }
        @Nullable Node at = node;
        while (at != null && at.getNextSibling() == null) {
            at = at.getParentNode();
        }
        return at == null ? null : at.getNextSibling();
    }
}
