package io.chapar.habits;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the files under routes/ as data and names what does not belong there. Routes are trusted like code, so they are
 * held to rules like code: the stages stand in one file, an exchange adds nothing but a route from a template, and no
 * file holds a script, an expression that reaches into an object, or a bean of its own, also not by an address: an
 * endpoint may call a method, run a script, write a file or stop a route.
 */
final class RoutesLint {

    private static final String PIPELINE = "pipeline.camel.yaml";

    /** Ends a delivery's way: also that of a delivery which is parked, so the error routes may name it too. */
    private static final String LAST_STAGE = "settle";

    /** What may stand at the top of a file directly under routes/. */
    private static final Map<String, Set<String>> SHARED_FILES =
            Map.of(PIPELINE, Set.of("route", "routeTemplate"), "refusals.camel.yaml", Set.of("routeConfiguration"));

    /** Keys of Camel's YAML that run code which the file brings along or picks by name at run time. */
    private static final Set<String> FORBIDDEN_KEYS = Set.of(
            "bean",
            "beans",
            "script",
            "groovy",
            "javascript",
            "js",
            "python",
            "mvel",
            "ognl",
            "spel",
            "joor",
            "java",
            "method",
            "wasm",
            "xquery",
            "xpath",
            "jq",
            "jsonpath",
            "language",
            "simple",
            "csimple",
            "datasonnet",
            "kamelet",
            "rest",
            "enrich",
            "pollEnrich",
            "toD",
            "wireTap",
            "recipientList",
            "routingSlip",
            "dynamicRouter",
            "loadBalance");

    /** Keys of Camel's YAML whose text is the address of an endpoint. */
    private static final Set<String> ADDRESS_KEYS = Set.of(
            "uri",
            "to",
            "from",
            "poll",
            "deadLetterUri",
            "interceptFrom",
            "interceptSendToEndpoint",
            "compensation",
            "completion");

    /** From one route to another, and from the broker: no route needs another endpoint. */
    private static final Pattern ADDRESS = Pattern.compile("(direct|jms:queue):[^#]+");

    private static final Pattern REACHING_EXPRESSION = Pattern.compile(
            "^#|\\$\\{\\s*(bean:|ref:|type:|camelContext|exchange|body[.\\[?]|headers?\\.|messageAs|bodyAs)");

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path routes;
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> ids = new LinkedHashSet<>();
    private final Set<String> stages = new LinkedHashSet<>();

    private RoutesLint(Path routes) {
        this.routes = routes;
    }

    /** What is wrong, each with its file; empty when nothing is. */
    static List<String> complaints(Path routes) throws IOException {
        RoutesLint lint = new RoutesLint(routes);
        List<Path> files;
        try (Stream<Path> found = Files.walk(routes)) {
            files = found.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        // the pipeline first: what it lists, no other file may list
        for (Path file : files) {
            if (file.equals(routes.resolve(PIPELINE))) {
                lint.file(file);
            }
        }
        for (Path file : files) {
            if (!file.equals(routes.resolve(PIPELINE))) {
                lint.file(file);
            }
        }
        return List.copyOf(lint.complaints);
    }

    private void file(Path file) throws IOException {
        JsonNode content;
        try {
            content = YAML.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            complain(file, "is not readable YAML: " + e.getOriginalMessage());
            return;
        }
        String name = file.getFileName().toString();
        boolean shared = routes.equals(file.getParent());
        if (name.endsWith(".camel.yaml")) {
            keys(file, content);
            if (shared) {
                sharedFile(file, name, content);
            } else {
                exchangeFile(file, name, content);
            }
        } else if (name.startsWith("agreement")) {
            agreement(file, content);
        }
    }

    private void sharedFile(Path file, String name, JsonNode entries) {
        Set<String> allowed = SHARED_FILES.get(name);
        if (allowed == null) {
            complain(file, "is no file of the straight way; those are " + SHARED_FILES.keySet());
            return;
        }
        for (JsonNode entry : entries) {
            String kind = onlyKey(file, entry);
            if (!allowed.contains(kind)) {
                complain(file, "may not hold a " + kind + ", only " + allowed);
                continue;
            }
            String id = entry.path(kind).path("id").asText();
            if (!ID.matcher(id).matches()) {
                complain(file, "a " + kind + " needs an id in lower case, not '" + id + "'");
            } else if (!ids.add(kind + " " + id)) {
                complain(file, "the id " + id + " is there twice");
            }
        }
        if (name.equals(PIPELINE)) {
            entries.findParents("process")
                    .forEach(step -> stages.add(step.path("process").path("ref").asText()));
        }
    }

    private void exchangeFile(Path file, String name, JsonNode entries) {
        String exchange = routes.relativize(file).getName(0).toString();
        if (!name.equals(exchange + ".camel.yaml")) {
            complain(file, "is named otherwise than its folder " + exchange);
        }
        if (entries.size() != 1 || !"templatedRoute".equals(onlyKey(file, entries.path(0)))) {
            complain(file, "holds exactly one templatedRoute and nothing else");
            return;
        }
        JsonNode route = entries.path(0).path("templatedRoute");
        Set<String> keys = new LinkedHashSet<>();
        route.fieldNames().forEachRemaining(keys::add);
        keys.removeAll(Set.of("routeTemplateRef", "routeId", "parameters"));
        if (!keys.isEmpty()) {
            complain(file, "a templatedRoute has no " + keys + " here");
        }
        if (!Set.of("notify", "query").contains(route.path("routeTemplateRef").asText())) {
            complain(
                    file,
                    "is made from notify or query, not from '"
                            + route.path("routeTemplateRef").asText() + "'");
        }
        if (!exchange.equals(route.path("routeId").asText())) {
            complain(file, "its routeId is its folder's name, " + exchange);
        }
        JsonNode parameters = route.path("parameters");
        if (parameters.size() != 1
                || !"exchange".equals(parameters.path(0).path("name").asText())
                || !exchange.equals(parameters.path(0).path("value").asText())) {
            complain(file, "has one parameter, exchange, with the value " + exchange);
        }
        if (!Files.exists(file.resolveSibling("agreement.yaml"))) {
            complain(file, "an exchange needs an agreement.yaml beside its route");
        }
    }

    private void agreement(Path file, JsonNode content) {
        String exchange = routes.relativize(file).getName(0).toString();
        if (!exchange.equals(content.path("exchange").asText())) {
            complain(file, "names another exchange than its folder " + exchange);
        }
        if (!content.path("version").isTextual()) {
            complain(file, "the version is a text, in quotes: 1.0 and 1.10 are different versions");
        }
    }

    /** Walks through every key and text of a route file. */
    private void keys(Path file, JsonNode node) {
        node.fields().forEachRemaining(field -> {
            if (FORBIDDEN_KEYS.contains(field.getKey())) {
                complain(file, "uses " + field.getKey() + ": routes name stages, and hold no code of their own");
            }
            if (ADDRESS_KEYS.contains(field.getKey())
                    && field.getValue().isValueNode()
                    && !ADDRESS.matcher(field.getValue().asText()).matches()) {
                complain(
                        file,
                        "has the address '" + field.getValue().asText()
                                + "': a route reaches other routes (direct:) and queues of the broker (jms:queue:) alone");
            }
            if (field.getKey().equals("process") && !routes.equals(file.getParent())) {
                complain(file, "lists a stage, and the stages are listed in " + PIPELINE + " alone");
            }
            String stage = field.getValue().path("ref").asText();
            if (field.getKey().equals("process") && stages.contains(stage) && !stage.equals(LAST_STAGE)) {
                complain(file, "lists the stage " + stage + ", which " + PIPELINE + " lists");
            }
            keys(file, field.getValue());
        });
        node.elements().forEachRemaining(element -> {
            if (!node.isObject()) {
                keys(file, element);
            }
        });
        if (node.isTextual() && REACHING_EXPRESSION.matcher(node.asText()).find()) {
            complain(file, "reaches into an object by an expression: " + node.asText());
        }
    }

    private String onlyKey(Path file, JsonNode entry) {
        if (entry.size() != 1 || !entry.isObject()) {
            complain(file, "an entry of a route file has exactly one key");
            return "";
        }
        return entry.fieldNames().next();
    }

    private void complain(Path file, String what) {
        complaints.add(routes.relativize(file) + " " + what);
    }
}
