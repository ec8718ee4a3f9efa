package io.chapar.message;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The agreements in force. */
public interface Catalogue {

    /** Whether any version of an exchange of this code exists. */
    boolean knows(String exchange);

    /** The agreement, whether or not it is within its period of validity. */
    Optional<Agreement> agreement(ExchangeVersion exchange);

    Collection<Agreement> all();

    /**
     * All versions of each exchange of which one version concerns this party, disabled or not: it may read another version
     * than the one that is sent, and makes its client before an agreement is in force.
     */
    default List<Agreement> concerning(Party party) {
        Set<String> exchanges = all().stream()
                .filter(agreement -> agreement.concerns(party))
                .map(agreement -> agreement.exchange().exchange())
                .collect(Collectors.toSet());
        return all().stream()
                .filter(agreement -> exchanges.contains(agreement.exchange().exchange()))
                .toList();
    }
}
