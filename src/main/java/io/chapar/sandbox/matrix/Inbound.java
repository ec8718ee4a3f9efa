package io.chapar.sandbox.matrix;

import io.chapar.message.Format;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.sample.Written;
import io.chapar.trust.Malformed;
import io.chapar.trust.SignatureRefused;
import java.io.IOException;

/** A way in which a party hands a message to the gateway, in one format. */
interface Inbound {

    /** Such as {@code rest json}. */
    String name();

    Format format();

    /**
     * Signs the message as its sender, hands it in, and returns the receipt or the answer, of which the signature and its
     * signer are verified.
     *
     * @throws NotTaken when the gateway refuses it
     */
    Content hand(Written message) throws IOException, Malformed, SignatureRefused, NotTaken;
}
