package io.chapar.validate;

import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.schema.Schemas;

/** Holds a document to the exchange it was sent to, to its schema and to the rules beside the schema. */
public final class Validate implements Stage<Passage.Verified, Passage.Validated> {

    private final Schemas schemas;

    public Validate(Schemas schemas) {
        this.schemas = schemas;
    }

    @Override
    public Passage.Validated apply(Passage.Verified passage) throws Refusal {
        throw new UnsupportedOperationException(schemas.toString() + passage);
    }
}
