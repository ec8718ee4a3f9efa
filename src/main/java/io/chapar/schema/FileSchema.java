package io.chapar.schema;

import com.networknt.schema.SchemaLocation;
import io.chapar.message.Violation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The JSON Schema of a file that people write, such as an agreement. */
public final class FileSchema {

    private final JsonValidation validation;

    /** @throws IllegalArgumentException when the schema is missing or broken */
    public FileSchema(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null || !Files.exists(absolute)) {
            throw new IllegalArgumentException(file + " is missing: put it there, or correct chapar.schemas");
        }
        this.validation = new JsonValidation(
                new LocalSchemas(folder)
                        .json()
                        .getSchema(SchemaLocation.of(absolute.toUri().toString())),
                new JsonConstraints(absolute));
    }

    public List<Violation> validate(Map<String, Object> content) {
        return validation.validate(content);
    }
}
