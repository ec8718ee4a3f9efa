package io.chapar.message;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;

/** Who the parties are, at this moment: the directory may be reloaded while the gateway runs. */
public interface PartyDirectory {

    Optional<Party> party(PartyCode code);

    /** The party that may connect with this very certificate; compared by its bytes, never by its name alone. */
    Optional<Party> byTlsCertificate(X509Certificate certificate);

    /** The party that may sign with this very certificate. */
    Optional<Party> bySigningCertificate(X509Certificate certificate);

    Collection<Party> all();
}
