package io.chapar.sandbox.faults;

import io.chapar.message.Signer;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import org.jspecify.annotations.Nullable;

/** A message that is sent until there is a receipt. */
final class Writing {

    private final Draft draft;
    private final Way way;
    private final Signer signer;
    private @Nullable Letter letter;

    Writing(Draft draft, Way way, Signer signer) {
        this.draft = draft;
        this.way = way;
        this.signer = signer;
    }

    Draft draft() {
        return draft;
    }

    Way way() {
        return way;
    }

    /** Always the same bytes; only an envelope is signed anew, as its Timestamp holds for minutes, and no start is as slow. */
    Letter letter() {
        Letter written = letter;
        if (written == null || way == Way.SOAP) {
            written = Letters.of(draft, way.form(), signer);
            letter = written;
        }
        return written;
    }
}
