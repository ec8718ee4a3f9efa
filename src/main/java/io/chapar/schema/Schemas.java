package io.chapar.schema;

import io.chapar.message.ExchangeVersion;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Every exchange's schemas, compiled once at start. */
public final class Schemas {

    /** Compiles what lies in the folder; what does not compile stops the start, and the file is named. */
    public static Schemas load(Path folder) {
        throw new UnsupportedOperationException(folder.toString());
    }

    /** @throws IllegalArgumentException when there is no such exchange or version; the catalogue checked all it names */
    public ExchangeSchema of(ExchangeVersion exchange) {
        throw new UnsupportedOperationException(exchange.toString());
    }

    public Optional<ExchangeSchema> find(ExchangeVersion exchange) {
        throw new UnsupportedOperationException(exchange.toString());
    }

    public Set<ExchangeVersion> all() {
        throw new UnsupportedOperationException();
    }

    public Path folder() {
        throw new UnsupportedOperationException();
    }
}
