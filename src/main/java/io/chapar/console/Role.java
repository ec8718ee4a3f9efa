package io.chapar.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody who logs in may do. Everybody with a role may look. */
public enum Role {
    /** Looks at routes, queues and figures. */
    VIEWER,
    /** Also acts on what is stuck: stops and starts routes and channels, sends again. */
    OPERATOR,
    /** May do what a viewer may; the ledger is read beside the gateway, not from here. */
    AUDITOR,
    /** All that may be done from here at all. */
    ADMIN;

    /** As it stands in the file of users and in Hawtio. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }
}
