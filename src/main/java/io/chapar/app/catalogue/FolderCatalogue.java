package io.chapar.app.catalogue;

import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.ExchangeVersion;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The agreements as they lay in the folders at start. */
final class FolderCatalogue implements Catalogue {

    private final Map<ExchangeVersion, Agreement> agreements;

    FolderCatalogue(Map<ExchangeVersion, Agreement> agreements) {
        this.agreements = Collections.unmodifiableMap(new TreeMap<>(agreements));
    }

    @Override
    public boolean knows(String exchange) {
        return agreements.keySet().stream().anyMatch(key -> key.exchange().equals(exchange));
    }

    @Override
    public Optional<Agreement> agreement(ExchangeVersion exchange) {
        return Optional.ofNullable(agreements.get(exchange));
    }

    @Override
    public Collection<Agreement> all() {
        return agreements.values();
    }
}
