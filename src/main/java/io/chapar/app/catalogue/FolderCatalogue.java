package io.chapar.app.catalogue;

import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Party;
import io.chapar.schema.Schemas;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The agreements as they lay in the folders at start. */
public final class FolderCatalogue implements Catalogue {

    /** An agreement and what it was read from, for the lines in complaints. */
    record Written(YamlFile file, Agreement agreement) {}

    private final List<Written> written;
    private final Schemas schemas;
    private final Map<ExchangeVersion, Agreement> agreements;

    /** @param written where two are on one version, the last counts */
    FolderCatalogue(List<Written> written, Schemas schemas) {
        this.written = List.copyOf(written);
        this.schemas = schemas;
        Map<ExchangeVersion, Agreement> byVersion = new TreeMap<>();
        written.forEach(each -> byVersion.put(each.agreement().exchange(), each.agreement()));
        this.agreements = Collections.unmodifiableMap(byVersion);
    }

    /**
     * Holds these agreements to other parties than those with which they were read. What lies in the folders now does not
     * count: nobody runs on it.
     *
     * @throws CatalogueRefused naming file, line (as they were read) and remedy of everything that could not be enforced
     */
    public void check(Collection<Party> parties) {
        Complaints complaints = new Complaints();
        check(parties, complaints);
        complaints.refuse();
    }

    void check(Collection<Party> parties, Complaints complaints) {
        for (Written each : written) {
            new PartyChecks(each.file(), each.agreement(), parties, complaints).run();
            ForbiddenChecks forbidden =
                    new ForbiddenChecks(each.file(), each.agreement(), schemas, parties, complaints);
            forbidden.run();
            forbidden.against(this);
        }
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
