package io.chapar.app.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.chapar.instances.XsdReading;
import io.chapar.message.ExchangeVersion;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Names the parts that a row of the catalogue lacks. */
final class CatalogueParts {

    private static final String XSD = "http://www.w3.org/2001/XMLSchema";
    private static final YAMLMapper YAML = new YAMLMapper();

    /** A paragraph, several, or a range of them. */
    private static final Pattern PARAGRAPH = Pattern.compile("¶+([0-9]+(?:[-–][0-9]+)?)");

    private final Path root;
    private final CatalogueRow row;
    private final List<String> missing = new ArrayList<>();

    private CatalogueParts(Path root, CatalogueRow row) {
        this.root = root;
        this.row = row;
    }

    /** Empty when nothing is missing. */
    static List<String> missing(Path root, CatalogueRow row) throws IOException, Malformed {
        CatalogueParts parts = new CatalogueParts(root, row);
        parts.look();
        return parts.missing;
    }

    private void look() throws IOException, Malformed {
        Path routes = root.resolve("routes").resolve(row.code());
        Path schemas = root.resolve("schemas").resolve(row.code()).resolve("1.0");
        file(routes.resolve(row.code() + ".camel.yaml"));
        if (file(routes.resolve("agreement.yaml"))) {
            agreement(YAML.readTree(routes.resolve("agreement.yaml").toFile()));
        }
        for (String sample : List.of("minimal", "full", "azerbaijani")) {
            for (String form : List.of(".xml", ".json")) {
                file(schemas.resolve("samples").resolve(sample + form));
            }
        }
        scenarios(routes.resolve("scenarios"));
        ExchangeVersion exchange = new ExchangeVersion(row.code(), "1.0");
        if (AzerbaijaniLetters.fitIn(XsdReading.root(
                Path.of("schemas"),
                exchange,
                RealFiles.SCHEMAS.of(exchange).message().root()))) {
            letters(schemas.resolve("samples"), routes.resolve("scenarios"));
        }
        Path xsd = schemas.resolve(row.code() + ".xsd");
        List<Path> json = new ArrayList<>(List.of(schemas.resolve(row.code() + ".schema.json")));
        if (row.pattern().equals("query")) {
            json.add(schemas.resolve(row.code() + ".answer.schema.json"));
        }
        boolean all = file(xsd);
        for (Path schema : json) {
            all &= file(schema);
        }
        if (all) {
            annotations(xsd, json);
        }
    }

    /** The sample has them all, and they are seen to arrive wherever an agency can send it. */
    private void letters(Path samples, Path scenarios) throws IOException, Malformed {
        for (String form : List.of("azerbaijani.xml", "azerbaijani.json")) {
            Path sample = samples.resolve(form);
            String lacking = Files.exists(sample) ? AzerbaijaniLetters.missing(sample) : "";
            if (!lacking.isEmpty()) {
                missing.add(sample + " has no " + lacking);
            }
        }
        if (!row.disabled() && !row.pattern().equals("emit")) {
            file(scenarios.resolve("azerbaijani-letters-survive.yaml"));
        }
    }

    private boolean file(Path file) {
        if (!Files.isRegularFile(file)) {
            missing.add(file + " is missing");
            return false;
        }
        return true;
    }

    private void agreement(JsonNode agreement) {
        same("pattern", Set.of(row.pattern()), Set.of(agreement.path("pattern").asText()));
        same("receivers", row.to(), texts(agreement.path("receivers"), "party"));
        if (!row.from().isEmpty()) {
            same("senders", row.from(), texts(agreement.path("senders"), ""));
        }
        if (agreement.path("paragraphs").isEmpty()) {
            missing.add(row.code() + " cites no paragraph in its agreement");
        }
    }

    private void same(String what, Set<String> expected, Set<String> actual) {
        if (!expected.equals(actual)) {
            missing.add(row.code() + " has as " + what + " " + actual + ", not " + expected);
        }
    }

    private static Set<String> texts(JsonNode list, String member) {
        Set<String> texts = new TreeSet<>();
        list.forEach(each -> texts.add((member.isEmpty() ? each : each.path(member)).asText()));
        return texts;
    }

    private void scenarios(Path folder) throws IOException {
        List<Path> files = List.of();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> found = Files.list(folder)) {
                files = found.sorted().toList();
            }
        }
        boolean accepted = false;
        boolean refused = false;
        for (Path file : files) {
            int status = YAML.readTree(file.toFile()).at("/then/status").asInt();
            accepted |= status < 300;
            refused |= status >= 400;
        }
        if (accepted == row.disabled()) {
            missing.add(row.code()
                    + (accepted ? " is disabled and has an accepted scenario" : " has no accepted scenario"));
        }
        if (!refused) {
            missing.add(row.code() + " has no refused scenario");
        }
    }

    /** Every element is explained, and cites the same paragraphs in both schemas. */
    private void annotations(Path xsd, List<Path> schemas) throws IOException, Malformed {
        Map<String, Set<String>> inXml = new HashMap<>();
        NodeList elements = HardenedXml.parse(Files.readAllBytes(xsd)).getElementsByTagNameNS(XSD, "element");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            String name = element.getAttribute("name");
            boolean isRoot =
                    element.getParentNode().equals(element.getOwnerDocument().getDocumentElement());
            if (isRoot || name.isEmpty()) {
                continue;
            }
            String words = ownWords(element);
            if (words.isBlank()) {
                missing.add(xsd + " does not explain " + name);
            }
            inXml.computeIfAbsent(name, key -> new TreeSet<>()).addAll(cited(words));
        }
        Map<String, Set<String>> inJson = new HashMap<>();
        for (Path schema : schemas) {
            members(schema, YAML.readTree(Files.readAllBytes(schema)), inJson);
        }
        Set<String> names = new TreeSet<>(inXml.keySet());
        names.addAll(inJson.keySet());
        for (String name : names) {
            if (!inXml.getOrDefault(name, Set.of()).equals(inJson.getOrDefault(name, Set.of()))) {
                missing.add(row.code() + " cites for " + name + " " + inXml.get(name) + " in XSD and "
                        + inJson.get(name) + " in JSON Schema");
            }
        }
        if (inXml.values().stream().allMatch(Set::isEmpty)) {
            missing.add(row.code() + " cites no paragraph for any field");
        }
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
            if (!member.getValue().isObject()) {
                return;
            }
            String words = member.getValue().path("description").asText();
            if (words.isBlank()) {
                missing.add(file + " does not explain " + member.getKey());
            }
            found.computeIfAbsent(member.getKey(), key -> new TreeSet<>()).addAll(cited(words));
        });
        schema.forEach(below -> members(file, below, found));
    }

    private static Set<String> cited(String words) {
        Set<String> paragraphs = new TreeSet<>();
        Matcher matcher = PARAGRAPH.matcher(words);
        while (matcher.find()) {
            paragraphs.add(matcher.group(1));
        }
        return paragraphs;
    }
}
