package io.chapar.trust;

import io.chapar.message.PartyCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

public final class DevelopmentPki {

    /** The password of every {@code .p12} file. */
    public static final String PASSWORD = "chapar-dev";

    private DevelopmentPki() {}

    /** The gateway and every party of the catalogue. */
    public static List<PartyCode> parties() {
        throw new UnsupportedOperationException();
    }

    /** Makes what is absent in the folder, overwrites nothing, and renews a revocation list that grows old. */
    public static void make(Path folder, Collection<PartyCode> parties) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** As above, for {@link #parties()}. */
    public static void make(Path folder) throws IOException {
        make(folder, parties());
    }
}
