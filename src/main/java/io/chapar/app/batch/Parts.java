package io.chapar.app.batch;

import io.chapar.message.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The messages of a batch, one after the other. Reading the same bytes again gives the same. */
interface Parts extends Closeable {

    /**
     * The next one, or none when the batch is read to its last byte.
     *
     * @throws Refusal when the batch as a whole cannot be taken
     */
    Optional<Part> next() throws IOException, Refusal;
}
