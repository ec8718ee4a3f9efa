package io.chapar.message;

import java.util.Collection;
import java.util.Optional;

/** The agreements in force. */
public interface Catalogue {

    /** Whether any version of an exchange of this code exists. */
    boolean knows(String exchange);

    /** The agreement, whether or not it is within its period of validity. */
    Optional<Agreement> agreement(ExchangeVersion exchange);

    Collection<Agreement> all();
}
