package io.chapar.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Names what in a folder of schemas does not repeat its code list, or is not repeated by its JSON Schema. */
final class CodedTypes {

    /** Read by the gateway itself; no document has such a code. */
    private static final Set<String> IN_NO_SCHEMA = Set.of("holidays");

    private static final Pattern CITED = Pattern.compile("Code list ([a-z-]+)(?:, kind ([a-z]+))?\\.");
    private static final String XSD = "http://www.w3.org/2001/XMLSchema";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path schemas;
    private final Map<String, Element> lists = new TreeMap<>();
    private final Set<String> used = new HashSet<>();
    private final List<String> differences = new ArrayList<>();

    private CodedTypes(Path schemas) {
        this.schemas = schemas;
    }

    /** Empty when every enumeration says what its list says, in both schemas. */
    static List<String> differences(Path schemas) throws IOException, Malformed {
        CodedTypes types = new CodedTypes(schemas);
        types.look();
        return types.differences;
    }

    private void look() throws IOException, Malformed {
        for (Path file : files("code-lists", ".xml")) {
            Element list = HardenedXml.parse(Files.readAllBytes(file)).getDocumentElement();
            lists.put(list.getAttribute("name"), list);
            List<String> codes = codes(list, "");
            differ(file, "is the list " + list.getAttribute("name"), file.endsWith(list.getAttribute("name") + ".xml"));
            differ(file, "has no version", !list.getAttribute("version").isEmpty());
            differ(file, "has a code twice", new HashSet<>(codes).size() == codes.size());
        }
        for (Path xsd : files("", ".xsd")) {
            schema(xsd);
        }
        lists.keySet().stream()
                .filter(name -> !used.contains(name) && !IN_NO_SCHEMA.contains(name))
                .forEach(name -> differences.add("no type has the codes of " + name));
    }

    private void schema(Path xsd) throws IOException, Malformed {
        Map<String, List<String>> inXml = new TreeMap<>();
        for (Element type : elements(HardenedXml.parse(Files.readAllBytes(xsd)), "simpleType")) {
            String name = type.getAttribute("name");
            List<String> values = elements(type, "enumeration").stream()
                    .map(value -> value.getAttribute("value"))
                    .toList();
            if (!values.isEmpty()) {
                differ(xsd, "enumerates in a type without a name", !name.isEmpty());
                inXml.put(name, values);
                cited(xsd, type, values);
            }
        }
        Map<String, Set<String>> inJson = new TreeMap<>();
        for (Path file : files(schemas.relativize(xsd.getParent()).toString(), ".schema.json")) {
            enumerations(file, JSON.readTree(Files.readAllBytes(file)), "", inXml, inJson);
        }
        inXml.keySet()
                .forEach(name ->
                        differ(xsd, "enumerates " + name + ", and no JSON Schema does", inJson.containsKey(name)));
    }

    private void cited(Path xsd, Element type, List<String> values) {
        Matcher cited = CITED.matcher(ownWords(type));
        String name = type.getAttribute("name");
        if (!cited.find()) {
            lists.forEach((list, element) -> differ(
                    xsd,
                    name + " has the codes of " + list + " and does not say so",
                    values.size() < 3 || !Set.copyOf(codes(element, "")).equals(Set.copyOf(values))));
            return;
        }
        Element list = lists.get(cited.group(1));
        differ(xsd, name + " cites the list " + cited.group(1) + ", which is not there", list != null);
        if (list != null) {
            used.add(cited.group(1));
            Set<String> codes = new TreeSet<>(codes(list, cited.group(2) == null ? "" : cited.group(2)));
            Set<String> here = new TreeSet<>(values);
            differ(xsd, name + " has " + here + ", its list " + codes, here.equals(codes));
        }
    }

    private void enumerations(
            Path file, JsonNode node, String place, Map<String, List<String>> inXml, Map<String, Set<String>> inJson) {
        if (node.path("enum").isArray()) {
            String name = place.startsWith("/$defs/") ? place.substring("/$defs/".length()) : "";
            List<String> values = new ArrayList<>();
            node.get("enum").forEach(value -> values.add(value.asText()));
            inJson.put(name, new HashSet<>(values));
            differ(file, place + " has " + values + ", the XSD " + inXml.get(name), values.equals(inXml.get(name)));
        }
        node.fields().forEachRemaining(member -> {
            // what must not be is no list of what may be
            if (!member.getKey().equals("not")) {
                enumerations(file, member.getValue(), place + "/" + member.getKey(), inXml, inJson);
            }
        });
    }

    private List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> found = Files.walk(schemas.resolve(folder))) {
            return found.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** Of all entries, or of those of one kind. */
    private static List<String> codes(Element list, String kind) {
        return elements(list, "entry").stream()
                .filter(entry -> kind.isEmpty()
                        || List.of(entry.getAttribute("kind").split(" ", -1)).contains(kind))
                .map(entry -> entry.getAttribute("code"))
                .toList();
    }

    private static List<Element> elements(Node below, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = below.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                if (name.equals(element.getLocalName())) {
                    found.add(element);
                } else {
                    found.addAll(elements(element, name));
                }
            }
        }
        return found;
    }

    private static String ownWords(Element type) {
        NodeList words = type.getElementsByTagNameNS(XSD, "documentation");
        return words.getLength() == 0
                ? ""
                : words.item(0).getTextContent().strip().replaceAll("\\s+", " ");
    }

    private void differ(Path file, String what, boolean same) {
        if (!same) {
            differences.add(file + " " + what);
        }
    }
}
