package io.chapar.instances;

import io.chapar.instances.Content.Group;
import io.chapar.instances.Content.Kind;
import io.chapar.instances.Content.Leaf;
import io.chapar.instances.Content.Member;
import io.chapar.instances.Content.Particle;
import io.chapar.instances.Content.Parts;
import io.chapar.message.ExchangeVersion;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads an XSD of ours: the one reading of it that neither the validators nor the generated classes share. */
public final class XsdReading {

    /** No text of ours is longer, whatever its type says; what has no bound is made at most this long. */
    private static final int LONGEST = 200;

    private final Map<String, Element> types = new HashMap<>();
    private final Map<String, Element> roots = new HashMap<>();

    private XsdReading(Path file) {
        read(file);
    }

    /** The root element of this name. */
    public static Member root(Path schemas, ExchangeVersion exchange, String name) {
        XsdReading reading = new XsdReading(
                schemas.resolve(exchange.exchange()).resolve(exchange.version()).resolve(exchange.exchange() + ".xsd"));
        return reading.member(Objects.requireNonNull(reading.roots.get(name), name));
    }

    private void read(Path file) {
        try {
            for (Element child : children(
                            HardenedXml.parse(Files.readAllBytes(file)).getDocumentElement())
                    .toList()) {
                switch (child.getLocalName()) {
                    case "include" -> read(file.resolveSibling(child.getAttribute("schemaLocation")));
                    case "element" -> roots.put(child.getAttribute("name"), child);
                    case "complexType", "simpleType" -> types.put(child.getAttribute("name"), child);
                    default -> throw new IllegalArgumentException(file + " has a " + child.getLocalName());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Malformed e) {
            throw new IllegalArgumentException(file.toString(), e);
        }
    }

    private Particle particle(Element element) {
        return element.getLocalName().equals("element") ? member(element) : group(element);
    }

    private Group group(Element group) {
        boolean choice = group.getLocalName().equals("choice");
        if (!choice && !group.getLocalName().equals("sequence") || occurs(group, "maxOccurs") != 1) {
            throw new IllegalArgumentException("the generator has no " + group.getLocalName() + " that repeats");
        }
        return new Group(
                choice,
                occurs(group, "minOccurs") == 0,
                children(group).map(this::particle).toList());
    }

    private Member member(Element element) {
        Content content = element.hasAttribute("type")
                ? type(element.getAttribute("type"))
                : content(children(element).findFirst().orElseThrow());
        return new Member(
                element.getAttribute("name"), occurs(element, "minOccurs"), occurs(element, "maxOccurs"), content);
    }

    private static int occurs(Element element, String bound) {
        return element.hasAttribute(bound) ? Integer.parseInt(element.getAttribute(bound)) : 1;
    }

    private Content type(String name) {
        return switch (name) {
            case "xs:string" -> leaf(Kind.TEXT);
            case "xs:date" -> leaf(Kind.DATE);
            case "xs:dateTime" -> leaf(Kind.DATE_TIME);
            case "xs:int" -> leaf(Kind.INTEGER);
            case "xs:boolean" -> leaf(Kind.BOOLEAN);
            default -> content(Objects.requireNonNull(types.get(name), name));
        };
    }

    private static Leaf leaf(Kind kind) {
        return new Leaf(kind, List.of(), List.of(), LONGEST, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private Content content(Element type) {
        Element inside = children(type).findFirst().orElseThrow();
        return switch (inside.getLocalName()) {
            case "restriction" -> restricted(inside);
            case "union" -> union(inside);
            default -> new Parts(group(inside));
        };
    }

    private Leaf union(Element union) {
        List<String> values = new ArrayList<>();
        for (String member : union.getAttribute("memberTypes").split(" ", -1)) {
            values.addAll(((Leaf) type(member)).values());
        }
        return new Leaf(Kind.TEXT, values, List.of(), LONGEST, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private Leaf restricted(Element restriction) {
        Leaf base = (Leaf)
                (restriction.hasAttribute("base")
                        ? type(restriction.getAttribute("base"))
                        : content(children(restriction).findFirst().orElseThrow()));
        List<String> values = new ArrayList<>();
        List<String> patterns = new ArrayList<>();
        int longest = base.longest();
        int least = base.least();
        int most = base.most();
        for (Element facet : children(restriction).toList()) {
            String value = facet.getAttribute("value");
            switch (facet.getLocalName()) {
                case "enumeration" -> values.add(value);
                case "pattern" -> patterns.add(value);
                case "maxLength" -> longest = Integer.parseInt(value);
                case "minInclusive" -> least = Integer.parseInt(value);
                case "maxInclusive" -> most = Integer.parseInt(value);
                case "simpleType" -> {}
                default -> throw new IllegalArgumentException("the generator has no facet " + facet.getLocalName());
            }
        }
        if (patterns.size() > 1) {
            throw new IllegalArgumentException("several patterns of one step are alternatives; write them as one");
        }
        patterns.addAll(base.patterns());
        return new Leaf(base.kind(), values.isEmpty() ? base.values() : values, patterns, longest, least, most);
    }

    private static Stream<Element> children(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && !element.getLocalName().equals("annotation")) {
                found.add(element);
            }
        }
        return found.stream();
    }
}
