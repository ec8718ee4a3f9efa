package io.chapar.schema;

import io.chapar.message.Violation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.validation.Schema;
import javax.xml.validation.ValidatorHandler;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Holds documents to an XSD. The validator's own messages quote the document, so nothing of them is passed on but the
 * key of the rule and the names that the schema expected.
 */
final class XsdValidation {

    private static final int MOST = 50;

    /** The same violation fifty thousand times is one, and would take seconds to find. */
    private static final int MOST_ERRORS = 500;

    private static final Pattern KEY = Pattern.compile("^([a-z]+-[A-Za-z0-9.-]+): ");
    private final Pool<ValidatorHandler> validators;
    private final Shape shape;
    private final JsonConstraints constraints;

    XsdValidation(Schema schema, Shape shape, JsonConstraints constraints) {
        this.validators = new Pool<>(schema::newValidatorHandler);
        this.shape = shape;
        this.constraints = constraints;
    }

    List<Violation> validate(Document document) {
        return validators.use(validator -> {
            DomEvents events = new DomEvents(validator);
            Collector collector = new Collector(events);
            validator.setErrorHandler(collector);
            try {
                events.tell(document);
            } catch (SAXException e) {
                if (collector.found.isEmpty()) {
                    throw new IllegalStateException("a schema validator failed without naming a violation", e);
                }
            }
            return List.copyOf(collector.found);
        });
    }

    private final class Collector implements ErrorHandler {
        private final DomEvents events;
        private final Set<Violation> found = new LinkedHashSet<>();
        private int errors;

        Collector(DomEvents events) {
            this.events = events;
        }

        @Override
        public void warning(SAXParseException warning) throws SAXException {
            error(warning);
        }

        @Override
        public void fatalError(SAXParseException error) throws SAXException {
            error(error);
        }

        @Override
        public void error(SAXParseException error) throws SAXException {
            Element here = events.here();
            if (found.size() >= MOST || ++errors > MOST_ERRORS) {
                throw error;
            }
            if (here != null) {
                String message = error.getMessage() == null ? "" : error.getMessage();
                Matcher key = KEY.matcher(message);
                violation(key.find() ? key.group(1) : "", message, here);
            }
        }

        private void violation(String key, String message, Element here) {
            if (key.startsWith("cvc-complex-type.2.4")) {
                content(message, here);
            } else if (key.startsWith("cvc-complex-type.3")) {
                found.add(new Violation(pointer(here), "must not have attributes"));
            } else if (key.equals("cvc-complex-type.2.3")) {
                found.add(new Violation(pointer(here), "must hold elements, not text"));
            } else {
                String pointer = pointer(here);
                found.add(new Violation(pointer, constraints.words(pointer, keyword(key))));
            }
        }

        /** An element that is not expected here, or the end where one more was expected. */
        private void content(String message, Element here) {
            boolean ended = message.startsWith("cvc-complex-type.2.4.b");
            Element parent = ended || !(here.getParentNode() instanceof Element above) ? here : above;
            String place = pointer(parent);
            Shape around = shapeOf(place);
            if (!ended && (around == null || around.part(here.getLocalName()) == null)) {
                found.add(new Violation(unknown(place, here.getLocalName()), "is not in the schema"));
                return;
            }
            // Messages come in the language of the machine, so what is missing is looked up in the schema, not in them.
            List<String> missing = around == null
                    ? List.of()
                    : around.parts().keySet().stream()
                            .takeWhile(name -> ended || !name.equals(here.getLocalName()))
                            .filter(name -> constraints.requires(place, name) && !has(parent, name))
                            .toList();
            missing.forEach(name -> found.add(new Violation(place + "/" + name, "is required")));
            if (missing.isEmpty()) {
                found.add(
                        ended
                                ? new Violation(
                                        place, "must hold one of the elements that the schema lets it choose from")
                                : new Violation(
                                        pointer(here), "must stand where the schema has it, and not more often"));
            }
        }
    }

    private static String keyword(String key) {
        return switch (key) {
            case "cvc-pattern-valid" -> "pattern";
            case "cvc-enumeration-valid" -> "enum";
            case "cvc-maxLength-valid" -> "maxLength";
            case "cvc-minLength-valid", "cvc-length-valid" -> "minLength";
            case "cvc-minInclusive-valid", "cvc-minExclusive-valid" -> "minimum";
            case "cvc-maxInclusive-valid", "cvc-maxExclusive-valid" -> "maximum";
            default -> "type";
        };
    }

    private static boolean has(Element parent, String name) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element && name.equals(child.getLocalName())) {
                return true;
            }
        }
        return false;
    }

    /** Where an element lies that the schema does not have; a name that looks like content is not repeated. */
    static String unknown(String place, String name) {
        return name.length() <= 64 && name.matches("[A-Za-z_][A-Za-z_-]*") ? place + "/" + name : place;
    }

    private @Nullable Shape shapeOf(String pointer) {
        String path = pointer.replaceAll("/[0-9]+(?=/|$)", "");
        return path.isEmpty() ? shape : shape.at(path).orElse(null);
    }

    private String pointer(Element element) {
        Deque<Element> path = new ArrayDeque<>();
        for (Node node = element; node.getParentNode() instanceof Element above; node = above) {
            path.addFirst((Element) node);
        }
        StringBuilder pointer = new StringBuilder();
        Shape here = shape;
        for (Element step : path) {
            Shape next = here == null ? null : here.part(step.getLocalName());
            if (next == null) {
                return unknown(pointer.toString(), step.getLocalName());
            }
            pointer.append('/').append(step.getLocalName());
            if (next.repeated()) {
                pointer.append('/').append(index(step));
            }
            here = next;
        }
        return pointer.toString();
    }

    private static int index(Element element) {
        int before = 0;
        for (Node node = element.getPreviousSibling(); node != null; node = node.getPreviousSibling()) {
            if (node instanceof Element && element.getLocalName().equals(node.getLocalName())) {
                before++;
            }
        }
        return before;
    }
}
