package io.chapar.ledger;

import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done again and again, whatever comes of it. That it fails is told once for each reason, that it goes on once:
 * the database may be away for an hour. Nothing is thrown from here, which would end the ticking. Used by one thread.
 */
final class Recurring implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);

    private final String what;
    private final Runnable work;
    private String told = "";

    /** @param what as the beginning of a sentence */
    Recurring(String what, Runnable work) {
        this.what = what;
        this.work = work;
    }

    @Override
    public void run() {
        try {
            work.run();
            if (!told.isEmpty()) {
                LOG.info("{}: it goes on", what);
                told = "";
            }
        } catch (RuntimeException | Error e) {
            fails(e);
        }
    }

    private void fails(Throwable e) {
        String why = e.getMessage() == null ? e.toString() : e.getMessage();
        if (why.equals(told)) {
            return;
        }
        told = why;
        Optional<SQLException> database = database(e);
        if (database.isPresent()) {
            LOG.error(
                    "{}: it fails, and is tried again: {}: {}",
                    what,
                    why,
                    database.get().getMessage());
        } else {
            LOG.error("{}: it fails, and is tried again", what, e);
        }
    }

    private static Optional<SQLException> database(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database) {
                return Optional.of(database);
            }
        }
        return Optional.empty();
    }
}
