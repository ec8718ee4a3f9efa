package io.chapar.app.routing;

import io.chapar.message.Passage;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Which message a sender speaks of in a signed document that does not fit its schema, so that the sender is told about
 * which of its messages a problem is. Nothing is decided by it.
 */
final class StatedMessageId {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private StatedMessageId() {}

    static Optional<UUID> of(Passage.Verified verified) {
        Optional<String> stated = verified.root().isPresent()
                ? verified.root()
                        .flatMap(root -> child(root, "header"))
                        .flatMap(header -> child(header, "messageId"))
                        .map(Node::getTextContent)
                : json(verified.authenticated().accepted().document());
        return stated.filter(text -> UUID_FORM.matcher(text).matches()).map(UUID::fromString);
    }

    private static Optional<String> json(byte[] document) {
        try {
            return HardenedJson.parse(document).get("header") instanceof Map<?, ?> header
                            && header.get("messageId") instanceof String id
                    ? Optional.of(id)
                    : Optional.empty();
        } catch (Malformed e) {
            // This is why it was refused, and it is told already.
            return Optional.empty();
        }
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
