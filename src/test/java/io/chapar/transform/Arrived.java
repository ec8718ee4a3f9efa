package io.chapar.transform;

import io.chapar.instances.Item;
import io.chapar.message.Format;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What stands in a delivered document, read without schema, binding or filter.
 *
 * @param places the pointers of all elements, without indices
 * @param values each value with its pointer, in order
 */
record Arrived(List<String> places, List<String> values) {

    static final String NONCE = "/header/nonce";

    static Arrived read(Format format, byte[] bytes) throws Malformed {
        Arrived arrived = new Arrived(new ArrayList<>(), new ArrayList<>());
        if (format == Format.XML) {
            Document document = HardenedXml.parse(bytes);
            arrived.element(document.getDocumentElement(), "");
        } else {
            arrived.value(HardenedJson.parse(bytes), "");
        }
        return arrived;
    }

    /** What of an instance may arrive, as an agreement lists it. */
    static List<String> allowed(Item item, List<String> listed) {
        List<String> allowed = new ArrayList<>();
        item.leaves((pointer, text) -> {
            boolean below = listed.stream().anyMatch(field -> (pointer + "/").startsWith(field + "/"));
            if (below && !pointer.equals(NONCE)) {
                allowed.add(pointer + "=" + text);
            }
        });
        return allowed;
    }

    /** Whether an element is listed, lies in one that is, or leads to one. */
    static boolean isListed(String place, List<String> listed) {
        return listed.stream()
                .anyMatch(field -> (place + "/").startsWith(field + "/") || field.startsWith(place + "/"));
    }

    List<String> without(Collection<String> pointers) {
        return values.stream()
                .filter(value -> pointers.stream().noneMatch(pointer -> value.startsWith(pointer + "=")))
                .toList();
    }

    private void element(Element element, String pointer) {
        boolean leaf = true;
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element below) {
                leaf = false;
                String place = pointer + "/" + below.getLocalName();
                places.add(place);
                element(below, place);
            }
        }
        if (leaf && !element.getTextContent().isEmpty()) {
            values.add(pointer + "=" + element.getTextContent());
        }
    }

    private void value(@Nullable Object value, String pointer) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, below) -> {
                places.add(pointer + "/" + name);
                value(below, pointer + "/" + name);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(element -> value(element, pointer));
        } else {
            values.add(pointer + "=" + value);
        }
    }
}
