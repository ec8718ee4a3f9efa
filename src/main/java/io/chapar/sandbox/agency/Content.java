package io.chapar.sandbox.agency;

import io.chapar.message.Fields;
import io.chapar.message.PartyCode;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What a verified document says, whether it came as JSON or XML: an agency asks it for single values by pointer. */
interface Content {

    Optional<String> text(String pointer);

    static Content of(Map<String, Object> json) {
        Fields fields = new Fields(json);
        return fields::text;
    }

    static Content of(Document xml) {
        return pointer -> {
            Optional<Element> at = Optional.of(xml.getDocumentElement());
            for (String name : pointer.substring(1).split("/", -1)) {
                at = at.flatMap(parent -> child(parent, name));
            }
            return at.map(Element::getTextContent);
        };
    }

    private static Optional<Element> child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && name.equals(element.getLocalName())) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    default String must(String pointer) {
        return text(pointer).orElseThrow(() -> new IllegalArgumentException("a delivery without " + pointer));
    }

    default UUID messageId() {
        return UUID.fromString(must("/header/messageId"));
    }

    default UUID conversationId() {
        return UUID.fromString(must("/header/conversationId"));
    }

    default String exchange() {
        return must("/header/exchange");
    }

    default PartyCode sender() {
        return new PartyCode(must("/header/sender"));
    }
}
