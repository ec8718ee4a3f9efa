package io.chapar.app.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Holds every field to being explained, and to naming what it comes from, the same in both schemas. */
final class FieldAnnotations {

    private static final String XSD = "http://www.w3.org/2001/XMLSchema";
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A paragraph, several, or a range of them; or what is a standard for a field. */
    static final Pattern SOURCE = Pattern.compile("¶+(?<paragraph>[0-9]+(?:[-–][0-9]+)?)"
            + "|(?<standard>ICAO 9303|ISO [0-9]+(?:-[0-9]+)?|IEC [0-9]+-[0-9]+|RFC [0-9]+|FIPS [0-9]+|NACE"
            + "|EU Core [A-Z][a-z]+(?: Organisation)? Vocabulary|recommendations of the United Nations)");

    /** Explained once for all exchanges, in the common schema: it is the gateway's, no part of what is told. */
    private static final String HEADER = "header";

    private final Collection<String> missing;

    private FieldAnnotations(Collection<String> missing) {
        this.missing = missing;
    }

    /** @param missing takes what is not explained, or not the same */
    static void look(String exchange, Path xsd, List<Path> schemas, Collection<String> missing)
            throws IOException, Malformed {
        new FieldAnnotations(missing).look(exchange, xsd, schemas);
    }

    private void look(String exchange, Path xsd, List<Path> schemas) throws IOException, Malformed {
        Map<String, Set<String>> inXml = new HashMap<>();
        NodeList elements = HardenedXml.parse(Files.readAllBytes(xsd)).getElementsByTagNameNS(XSD, "element");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            boolean isRoot =
                    element.getParentNode().equals(element.getOwnerDocument().getDocumentElement());
            if (!isRoot && !element.getAttribute("name").isEmpty()) {
                field(xsd, element.getAttribute("name"), ownWords(element), inXml);
            }
        }
        Map<String, Set<String>> inJson = new HashMap<>();
        for (Path schema : schemas) {
            JsonNode root = JSON.readTree(Files.readAllBytes(schema));
            if (!root.path("$schema").asText().equals(DIALECT)) {
                missing.add(schema + " is not JSON Schema 2020-12");
            }
            members(schema, root, inJson);
        }
        Set<String> names = new TreeSet<>(inXml.keySet());
        names.addAll(inJson.keySet());
        for (String name : names) {
            if (!inXml.getOrDefault(name, Set.of()).equals(inJson.getOrDefault(name, Set.of()))) {
                missing.add(exchange + " cites for " + name + " " + inXml.get(name) + " in XSD and " + inJson.get(name)
                        + " in JSON Schema");
            }
        }
    }

    private void field(Path file, String name, String words, Map<String, Set<String>> found) {
        Set<String> cited = cited(words);
        if (words.isBlank()) {
            missing.add(file + " does not explain " + name);
        } else if (cited.isEmpty() && !name.equals(HEADER)) {
            missing.add(file + " cites nothing for " + name + ": "
                    + String.join(" ", words.strip().split("\\s+")));
        }
        found.computeIfAbsent(name, key -> new TreeSet<>()).addAll(cited);
    }

    private static String ownWords(Element element) {
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getLocalName().equals("annotation")) {
                return child.getTextContent();
            }
        }
        return "";
    }

    private void members(Path file, JsonNode schema, Map<String, Set<String>> found) {
        schema.path("properties").fields().forEachRemaining(member -> {
            if (member.getValue().isObject()) {
                field(
                        file,
                        member.getKey(),
                        member.getValue().path("description").asText(),
                        found);
            }
        });
        schema.forEach(below -> members(file, below, found));
    }

    private static Set<String> cited(String words) {
        Set<String> sources = new TreeSet<>();
        Matcher matcher = SOURCE.matcher(words.replaceAll("\\s+", " "));
        while (matcher.find()) {
            String paragraph = matcher.group("paragraph");
            sources.add(paragraph == null ? matcher.group() : "¶" + paragraph);
        }
        return sources;
    }
}
