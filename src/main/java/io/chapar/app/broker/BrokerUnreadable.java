package io.chapar.app.broker;

import java.nio.file.Path;

/** The broker does not start. The message says in one line what to do. */
public final class BrokerUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerUnreadable(Path folder, Throwable cause) {
        super(
                "The embedded broker cannot start on its journal: stop whatever else uses " + folder
                        + "; if nothing does, the journal is damaged: move that folder away and start again;"
                        + " everything that waits is then published again from the record",
                cause);
    }
}
