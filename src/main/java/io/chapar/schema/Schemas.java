package io.chapar.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import io.chapar.message.ExchangeVersion;
import jakarta.xml.bind.JAXBContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every exchange's schemas, compiled once at start. */
public final class Schemas {

    private final Path folder;
    private final Map<ExchangeVersion, ExchangeSchema> schemas;

    private Schemas(Path folder, Map<ExchangeVersion, ExchangeSchema> schemas) {
        this.folder = folder;
        this.schemas = Collections.unmodifiableMap(schemas);
    }

    /**
     * Compiles what lies in {@code <folder>/<exchange>/<version>/}.
     *
     * @throws IllegalArgumentException naming the file that does not compile, and why
     */
    public static Schemas load(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        LocalSchemas local = new LocalSchemas(root);
        Map<ExchangeVersion, ExchangeSchema> all = new TreeMap<>();
        for (Path exchange : folders(root)) {
            for (Path version : folders(exchange)) {
                Path name = exchange.getFileName();
                if (!name.toString().equals("common") && Files.exists(version.resolve(name + ".xsd"))) {
                    ExchangeVersion key = new ExchangeVersion(
                            name.toString(), version.getFileName().toString());
                    all.put(key, compile(local, key, version));
                }
            }
        }
        return new Schemas(root, all);
    }

    /** @throws IllegalArgumentException when there is no such exchange or version; the catalogue checked all it names */
    public ExchangeSchema of(ExchangeVersion exchange) {
        return find(exchange).orElseThrow(() -> new IllegalArgumentException("there is no schema of " + exchange));
    }

    public Optional<ExchangeSchema> find(ExchangeVersion exchange) {
        return Optional.ofNullable(schemas.get(exchange));
    }

    public Set<ExchangeVersion> all() {
        return schemas.keySet();
    }

    public Path folder() {
        return folder;
    }

    /** Where the samples of an exchange lie. */
    public Path samples(ExchangeVersion exchange) {
        return folder.resolve(exchange.exchange()).resolve(exchange.version()).resolve("samples");
    }

    /** The name of an exchange's root element: {@code birth-notification} gives {@code birthNotification}. */
    public static String rootName(String exchange) {
        StringBuilder name = new StringBuilder();
        for (String word : exchange.split("-", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    private static ExchangeSchema compile(LocalSchemas local, ExchangeVersion exchange, Path version) {
        String name = exchange.exchange();
        javax.xml.validation.Schema xsd = local.xsd(version.resolve(name + ".xsd"));
        SchemaRegistry json = local.json();
        JAXBContext context = Binding.context(exchange);
        DocumentSchema message =
                document(xsd, json, context, exchange, rootName(name), version.resolve(name + ".schema.json"));
        Path answer = version.resolve(name + ".answer.schema.json");
        return new ExchangeSchema(
                exchange,
                message,
                Files.exists(answer)
                        ? Optional.of(document(xsd, json, context, exchange, rootName(name) + "Answer", answer))
                        : Optional.empty());
    }

    private static DocumentSchema document(
            javax.xml.validation.Schema xsd,
            SchemaRegistry registry,
            JAXBContext context,
            ExchangeVersion exchange,
            String root,
            Path file) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(file + " is missing: every XSD has its JSON Schema beside it");
        }
        Binding binding = Binding.find(context, exchange, root)
                .orElseThrow(() -> new IllegalArgumentException(
                        exchange + " has no root element " + root + " in its XSD, or the build is older than the XSD"));
        JsonConstraints constraints = new JsonConstraints(file);
        Schema json;
        try {
            json = registry.getSchema(SchemaLocation.of(file.toUri().toString()));
            json.initializeValidators();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + " is not a JSON Schema that can be used: " + e.getMessage(), e);
        }
        return new DocumentSchema(
                binding,
                new XsdValidation(xsd, binding.shape(), constraints),
                new JsonValidation(json, constraints),
                constraints);
    }

    private static List<Path> folders(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(folder + " cannot be read; chapar.schemas names the schemas' folder", e);
        }
    }
}
