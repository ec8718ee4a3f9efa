package io.chapar.app.console;

import java.util.Locale;
import org.springframework.security.core.AuthenticationException;

/** Somebody who comes from the identity provider, or wants to go there, is not let in. */
final class OidcRefused extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    /** What the page says; more is for the log. */
    enum Reason {
        /** The provider knows the person, and its claims give no role here. */
        NO_ROLE,
        /** The provider does not answer, or answers something else than an OpenID provider. */
        AWAY,
        /** What came back is no proof of a login that was begun in this browser. */
        UNPROVEN;

        /** As it stands in the address of the page. */
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;

    OidcRefused(Reason reason, String forTheLog) {
        super(forTheLog);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
