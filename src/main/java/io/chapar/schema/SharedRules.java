package io.chapar.schema;

import io.chapar.message.Violation;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What both forms must keep and neither schema language says well: days that exist, moments that every reader
 * understands, text that XML can carry, no attributes.
 */
final class SharedRules {

    private final List<Violation> violations = new ArrayList<>();

    static List<Violation> ofXml(Shape shape, Element root) {
        SharedRules rules = new SharedRules();
        rules.element(shape, root, "");
        return rules.violations;
    }

    static List<Violation> ofJson(Shape shape, Map<String, Object> object) {
        SharedRules rules = new SharedRules();
        rules.object(shape, object, "");
        return rules.violations;
    }

    private void element(Shape shape, Element element, String pointer) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            if (DomEvents.isContent((Attr) element.getAttributes().item(i))) {
                violations.add(new Violation(pointer, "must not have attributes"));
            }
        }
        if (shape.kind() != Shape.Kind.RECORD) {
            // xs:token is collapsed before it is compared, so only what JSON would carry unchanged is checked there
            leaf(shape.kind(), element.getTextContent(), pointer, true);
            return;
        }
        Map<String, Integer> seen = new HashMap<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element below) {
                Shape part = shape.part(below.getLocalName());
                if (part != null) {
                    String place = pointer + "/" + below.getLocalName();
                    int index = seen.merge(place, 1, Integer::sum) - 1;
                    element(part, below, part.repeated() ? place + "/" + index : place);
                }
            }
        }
    }

    private void object(Shape shape, Map<?, ?> object, String pointer) {
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            Shape part = shape.part((String) entry.getKey());
            if (part != null) {
                String place = pointer + "/" + entry.getKey();
                if (part.repeated() && entry.getValue() instanceof List<?> list) {
                    for (int i = 0; i < list.size(); i++) {
                        value(part, list.get(i), place + "/" + i);
                    }
                } else {
                    value(part, entry.getValue(), place);
                }
            }
        }
    }

    private void value(Shape shape, @Nullable Object value, String pointer) {
        if (shape.kind() == Shape.Kind.RECORD && value instanceof Map<?, ?> map) {
            object(shape, map, pointer);
        } else if (value instanceof String text) {
            leaf(shape.kind(), text, pointer, false);
        }
    }

    private void leaf(Shape.Kind kind, String text, String pointer, boolean xml) {
        if (kind == Shape.Kind.DATE || kind == Shape.Kind.DATE_TIME) {
            boolean trimmed = xml || text.equals(text.trim());
            if (!trimmed || !exists(kind, text)) {
                violations.add(new Violation(
                        pointer,
                        kind == Shape.Kind.DATE
                                ? "must be a day of the calendar, written YYYY-MM-DD"
                                : "must be a moment that exists, written YYYY-MM-DDThh:mm:ss and its zone"));
            }
        } else if (!xml) {
            if (!Lexical.isXmlText(text)) {
                violations.add(new Violation(pointer, "must be text of XML 1.0, without other control characters"));
            } else if (kind == Shape.Kind.TOKEN && !text.equals(Lexical.collapsed(text))) {
                violations.add(new Violation(pointer, "must not begin or end with a space, nor have two together"));
            }
        }
    }

    private static boolean exists(Shape.Kind kind, String text) {
        try {
            if (kind == Shape.Kind.DATE) {
                Lexical.date(text);
            } else {
                Lexical.dateTime(text);
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
