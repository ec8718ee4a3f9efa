package io.chapar.schema;

import io.chapar.fuzz.Target;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import static io.chapar.fuzz.Target.promise;

/**
 * A message of one exchange, in XML or JSON: one that fits its schema has a header that is read, ordering key and all, and
 * says the same after it was written in the other form.
 */
public final class MessageTarget implements Target {

    private static final Path REAL = Path.of("schemas");

    private final DocumentSchema schema;

    /** @param folder where the schemas of that exchange are laid alone; all of them take long to compile */
    public MessageTarget(Path folder) throws IOException {
        for (String part : new String[] {"common", "code-lists", "border-crossing"}) {
            try (Stream<Path> files = Files.walk(REAL.resolve(part))) {
                for (Path file : files.toList()) {
                    Path copy = folder.resolve(REAL.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.copy(file, copy);
                    }
                }
            }
        }
        schema = Schemas.load(folder)
                .of(new ExchangeVersion("border-crossing", "1.0"))
                .message();
    }

    @Override
    public void take(byte[] input) {
        fields(input).ifPresent(fields -> {
            // Whether it is the exchange of the address is compared elsewhere.
            promise(
                    fields.text("/header/exchange")
                            .equals(Optional.of(Headers.read(fields).exchange().exchange())),
                    "its header is read");
            Optional<Fields> asXml = fields(schema.xml(fields));
            Optional<Fields> asJson = fields(schema.json(fields));
            promise(asXml.isPresent() && asJson.isPresent(), "what is written of it fits the schema, too");
            promise(asXml.equals(asJson), "both forms say the same");
        });
    }

    private Optional<Fields> fields(byte[] document) {
        try {
            if (document.length > 0 && document[0] == '<') {
                var read = HardenedXml.parse(document);
                return schema.isRoot(read.getDocumentElement())
                                && schema.validateXml(read).isEmpty()
                        ? Optional.of(schema.fields(read))
                        : Optional.empty();
            }
            var read = HardenedJson.parse(document);
            return schema.validateJson(read).isEmpty() ? Optional.of(schema.fields(read)) : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }
}
