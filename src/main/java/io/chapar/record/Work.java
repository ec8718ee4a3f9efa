package io.chapar.record;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What one caller wants written. The committer takes many through the same three steps together, so that each step is
 * one batch: first the guards, whose counts decide, then what follows from them, then what must be read back.
 *
 * <p>A work may be run again from the start when the group that it was in could not be committed; it keeps nothing from
 * the run before.
 */
interface Work<T> {

    /** The statement that decides, by whether it changes a row; none when there is nothing to decide. */
    default Optional<String> guard() {
        return Optional.empty();
    }

    default void bindGuard(Writing writing, PreparedStatement statement) throws SQLException {
        throw new IllegalStateException("a work with a guard binds it");
    }

    /** Adds what follows to the batches. */
    void write(Writing writing, boolean guarded) throws SQLException;

    /** Reads back what the caller is to be told; everything of the group is written by now, nothing committed. */
    T finish(Writing writing) throws SQLException;
}
