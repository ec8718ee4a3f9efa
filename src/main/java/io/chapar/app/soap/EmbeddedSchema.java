package io.chapar.app.soap;

import io.chapar.app.door.SchemaFiles;
import io.chapar.message.ExchangeVersion;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * An exchange's XSD as one piece, to stand inside a WSDL: what it includes is put in its place, because clients often
 * cannot fetch a second document with their certificate.
 */
final class EmbeddedSchema {

    private static final String XSD = "http://www.w3.org/2001/XMLSchema";

    private final SchemaFiles files;

    EmbeddedSchema(SchemaFiles files) {
        this.files = files;
    }

    String text(ExchangeVersion exchange) {
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
        String text = new String(HardenedXml.serialise(document), StandardCharsets.UTF_8);
        return text.startsWith("<?xml") ? text.substring(text.indexOf("?>") + 2) : text;
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
