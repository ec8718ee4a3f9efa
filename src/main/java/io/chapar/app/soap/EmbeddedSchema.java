package io.chapar.app.soap;

import io.chapar.app.door.SchemaFiles;
import io.chapar.message.ExchangeVersion;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * An exchange's XSD as one piece, to stand inside a WSDL: what it includes is put in its place, because clients often
 * cannot fetch a second document with their certificate.
 */
final class EmbeddedSchema {

    private static final String XSD = "http://www.w3.org/2001/XMLSchema";

    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";
    private static final String PREFIX = "doc";

    /** Attributes of XSD that name something of a schema. */
    private static final List<String> NAMES = List.of("type", "base", "ref", "itemType", "memberTypes");

    private final SchemaFiles files;

    /** Neither the files nor the agreements change while the gateway runs. */
    private final Map<ExchangeVersion, String> texts = new ConcurrentHashMap<>();

    EmbeddedSchema(SchemaFiles files) {
        this.files = files;
    }

    String text(ExchangeVersion exchange) {
        return texts.computeIfAbsent(exchange, this::embedded);
    }

    private String embedded(ExchangeVersion exchange) {
        String name = exchange.exchange() + "/" + exchange.version() + "/" + exchange.exchange() + ".xsd";
        Document document = parse(name);
        Element schema = document.getDocumentElement();
        for (Element include : children(schema, "include")) {
            String included = URI.create(name)
                    .resolve(include.getAttribute("schemaLocation"))
                    .toString();
            // A schema without a namespace takes the one of the schema that includes it (chameleon include), and its
            // references with it: they have no prefix, and the default namespace of the including schema is its own.
            Element common = parse(included).getDocumentElement();
            for (Node part = common.getFirstChild(); part != null; part = part.getNextSibling()) {
                if (part instanceof Element element && !element.getLocalName().equals("annotation")) {
                    schema.insertBefore(document.importNode(element, true), include);
                }
            }
            schema.removeChild(include);
        }
        moveImportsFirst(schema);
        schema.setAttributeNS(XMLNS, "xmlns:" + PREFIX, exchange.namespace());
        nameByPrefix(schema);
        String text = new String(HardenedXml.serialise(document), StandardCharsets.UTF_8);
        return text.startsWith("<?xml") ? text.substring(text.indexOf("?>") + 2) : text;
    }

    /**
     * A name without a prefix is one of the default namespace. Not every generator knows that inside a WSDL: some take it
     * for a name of the WSDL's own namespace, and find no such type.
     */
    private static void nameByPrefix(Element element) {
        for (String attribute : NAMES) {
            if (element.hasAttribute(attribute)) {
                element.setAttribute(
                        attribute,
                        Arrays.stream(element.getAttribute(attribute).strip().split("\\s+"))
                                .map(name -> name.contains(":") ? name : PREFIX + ":" + name)
                                .collect(Collectors.joining(" ")));
            }
        }
        for (Node part = element.getFirstChild(); part != null; part = part.getNextSibling()) {
            if (part instanceof Element child && XSD.equals(child.getNamespaceURI())) {
                nameByPrefix(child);
            }
        }
    }

    /** XSD wants imports before everything else. */
    private static void moveImportsFirst(Element schema) {
        List<Element> imports = children(schema, "import");
        for (int i = imports.size() - 1; i >= 0; i--) {
            schema.insertBefore(imports.get(i), schema.getFirstChild());
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node part = parent.getFirstChild(); part != null; part = part.getNextSibling()) {
            if (part instanceof Element element
                    && XSD.equals(element.getNamespaceURI())
                    && element.getLocalName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private Document parse(String name) {
        byte[] bytes = files.file(name).orElseThrow(() -> new IllegalStateException("there is no schema " + name));
        try {
            return HardenedXml.parse(bytes);
        } catch (Malformed e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }
}
