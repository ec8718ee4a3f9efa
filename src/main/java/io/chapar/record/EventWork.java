package io.chapar.record;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An event that stands alone; without one, only a proof that a commit is possible. */
record EventWork(@Nullable EventBytes event) implements Work<Boolean> {

    @Override
    public void write(Writing writing, boolean guarded) throws SQLException {
        if (event != null) {
            writing.event(event);
        }
    }

    @Override
    public Boolean finish(Writing writing) {
        return true;
    }
}
