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

    /**
     * No text of a schema is nearly as long. Patterns cost time or stack with each character, and both validators try
     * them on texts that they find too long as well, so longer ones do not come to them.
     */
    static final int LONGEST_TEXT = 1_000;

    private static final int MOST = 50;
    private static final String TOO_LONG = "must not be longer than " + LONGEST_TEXT + " characters";

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

    /** Whether one of these says that a text is too long to be held to a schema at all. */
    static boolean tooLong(List<Violation> violations) {
        return violations.stream().anyMatch(violation -> violation.rule().equals(TOO_LONG));
    }

    /** The most that are told; one that is too long is always among them. */
    private void broken(String pointer, String rule) {
        if (violations.size() < MOST) {
            violations.add(new Violation(pointer, rule));
        } else if (rule.equals(TOO_LONG)) {
            violations.set(MOST - 1, new Violation(pointer, rule));
        }
    }

    private void element(Shape shape, Element element, String pointer) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            if (DomEvents.isContent((Attr) element.getAttributes().item(i))) {
                broken(pointer, "must not have attributes");
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
        if (text.length() > LONGEST_TEXT) {
            broken(pointer, TOO_LONG);
        } else if (kind == Shape.Kind.DATE || kind == Shape.Kind.DATE_TIME) {
            boolean trimmed = xml || text.equals(text.trim());
            if (!trimmed || !exists(kind, text)) {
                broken(
                        pointer,
                        kind == Shape.Kind.DATE
                                ? "must be a day of the calendar, written YYYY-MM-DD"
                                : "must be a moment that exists, written YYYY-MM-DDThh:mm:ss and its zone");
            }
        } else if (!xml) {
            if (!Lexical.isXmlText(text)) {
                broken(pointer, "must be text of XML 1.0, without other control characters");
            } else if (kind == Shape.Kind.TOKEN && !text.equals(Lexical.collapsed(text))) {
                broken(pointer, "must not begin or end with a space, nor have two together");
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
