package io.chapar.transform;

import io.chapar.message.Catalogue;
import io.chapar.message.Dispatch;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.schema.Schemas;

/** Gives a receiver what it may see, in its format, version and mapping. */
public final class Transform implements Stage<Dispatch.Due, Dispatch.Transformed> {

    private final Catalogue catalogue;
    private final Schemas schemas;

    public Transform(Catalogue catalogue, Schemas schemas) {
        this.catalogue = catalogue;
        this.schemas = schemas;
    }

    /** @throws Refusal with {@code rule} when it cannot be brought into the receiver's form; the delivery is then parked */
    @Override
    public Dispatch.Transformed apply(Dispatch.Due due) throws Refusal {
        throw new UnsupportedOperationException(catalogue.toString() + schemas + due);
    }
}
