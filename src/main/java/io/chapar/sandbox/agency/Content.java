package io.chapar.sandbox.agency;

import io.chapar.message.PartyCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What a verified document says, whether it came as JSON or XML: an agency asks it for single values by pointer. After
 * the name of a repeated element a number picks one, from 0; without a number the first one answers.
 */
public interface Content {

    /** The text of a value; of what holds other values, something that is not empty. */
    Optional<String> text(String pointer);

    static Content of(Map<String, Object> json) {
        return pointer -> {
            Optional<Object> at = Optional.of(json);
            for (Step step : Step.of(pointer)) {
                at = at.map(value -> value instanceof Map<?, ?> map ? map.get(step.name()) : null)
                        .map(value -> value instanceof List<?> list ? element(list, step.place()) : value);
            }
            return at.map(Object::toString);
        };
    }

    static Content of(Document xml) {
        return pointer -> {
            Optional<Element> at = Optional.of(xml.getDocumentElement());
            for (Step step : Step.of(pointer)) {
                at = at.flatMap(parent -> child(parent, step));
            }
            return at.map(Element::getTextContent);
        };
    }

    private static @Nullable Object element(List<?> list, int place) {
        return place < list.size() ? list.get(place) : null;
    }

    private static Optional<Element> child(Element parent, Step step) {
        int passed = 0;
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && step.name().equals(element.getLocalName())
                    && passed++ == step.place()) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    /** One name of a pointer, with the number that follows it. */
    record Step(String name, int place) {
        public static List<Step> of(String pointer) {
            List<Step> steps = new ArrayList<>();
            for (String part : pointer.substring(1).split("/", -1)) {
                if (part.matches("[0-9]{1,4}") && !steps.isEmpty()) {
                    steps.set(
                            steps.size() - 1,
                            new Step(steps.get(steps.size() - 1).name(), Integer.parseInt(part)));
                } else {
                    steps.add(new Step(part, 0));
                }
            }
            return steps;
        }
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
