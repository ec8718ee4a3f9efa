package io.chapar.app.catalogue;

import java.util.List;

/** The files say something that the gateway could not enforce, so it does not start. */
public final class CatalogueRefused extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> complaints;

    CatalogueRefused(List<String> complaints) {
        super("The gateway does not start, for it could not enforce what these files say:\n  "
                + String.join("\n  ", complaints));
        this.complaints = List.copyOf(complaints);
    }

    /** @throws CatalogueRefused when there is anything to complain of */
    public static void unless(List<String> complaints) {
        if (!complaints.isEmpty()) {
            throw new CatalogueRefused(complaints);
        }
    }

    /** Each with its file, its line, and what to do. */
    public List<String> complaints() {
        return complaints;
    }
}
