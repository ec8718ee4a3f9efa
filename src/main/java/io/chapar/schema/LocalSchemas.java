package io.chapar.schema;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.resource.InputStreamSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/** Compiles schemas that refer to nothing outside their own folder. */
final class LocalSchemas {

    private final Path folder;

    LocalSchemas(Path folder) {
        this.folder = folder;
    }

    /** A compiled XSD; its includes are read now and never again. */
    Schema xsd(Path file) {
        try {
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
            factory.setResourceResolver((type, namespace, publicId, systemId, base) -> {
                if (systemId == null
                        || base == null
                        || !isLocal(URI.create(base).resolve(systemId))) {
                    throw new IllegalArgumentException(file + " refers to something outside the schemas' folder");
                }
                return null;
            });
            return factory.newSchema(file.toFile());
        } catch (SAXException e) {
            throw new IllegalArgumentException(file + " is not an XSD that can be used: " + e.getMessage(), e);
        }
    }

    SchemaRegistry json() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .locale(Locale.ROOT)
                .cacheRefs(true)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder ->
                        builder.schemaRegistryConfig(config).resourceLoaders(loaders -> loaders.add(this::resource)));
    }

    private @Nullable InputStreamSource resource(AbsoluteIri iri) {
        URI uri = URI.create(iri.toString());
        if (!"file".equals(uri.getScheme())) {
            return null;
        }
        if (!isLocal(uri)) {
            throw new IllegalArgumentException("a JSON Schema refers to something outside the schemas' folder");
        }
        return () -> Files.newInputStream(Path.of(uri));
    }

    private boolean isLocal(URI uri) {
        return "file".equals(uri.getScheme())
                && Path.of(URI.create("file://" + uri.getPath())).normalize().startsWith(folder);
    }
}
