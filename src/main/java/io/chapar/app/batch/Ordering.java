package io.chapar.app.batch;

import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * After which others of its batch a message has to travel: it says so itself. Nothing else is decided by it; what cannot be
 * read here is refused on its way.
 *
 * @param key its ordering key: those of one key go one after the other
 * @param afterAll it corrects an earlier one, which must be there
 */
record Ordering(Optional<String> key, boolean afterAll) {

    private static final Ordering NONE = new Ordering(Optional.empty(), false);

    static Ordering of(boolean xml, byte[] message) {
        try {
            return xml ? ofXml(message) : ofJson(message);
        } catch (Malformed e) {
            return NONE;
        }
    }

    private static Ordering ofJson(byte[] message) throws Malformed {
        return HardenedJson.parse(message).get("header") instanceof Map<?, ?> header
                ? new Ordering(
                        Optional.ofNullable(header.get("orderingKey")).map(String::valueOf),
                        header.containsKey("corrects"))
                : NONE;
    }

    private static Ordering ofXml(byte[] message) throws Malformed {
        Optional<Element> header = child(HardenedXml.parse(message).getDocumentElement(), "header");
        return new Ordering(
                header.flatMap(found -> child(found, "orderingKey")).map(Node::getTextContent),
                header.flatMap(found -> child(found, "corrects")).isPresent());
    }

    private static Optional<Element> child(Element parent, String name) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && name.equals(element.getLocalName())) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }
}
