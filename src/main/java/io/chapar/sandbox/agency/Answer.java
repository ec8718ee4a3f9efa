package io.chapar.sandbox.agency;

import java.util.Optional;

/**
 * What an agency answers; status 0 stands for hanging up without a word.
 *
 * @param cut whether the connection breaks in the middle of the body
 */
record Answer(int status, String contentType, byte[] body, Optional<String> jws, boolean cut) {

    static final Answer NOTHING = new Answer(0, "", new byte[0], Optional.empty());

    Answer(int status, String contentType, byte[] body, Optional<String> jws) {
        this(status, contentType, body, jws, false);
    }

    static Answer json(int status, byte[] body) {
        return new Answer(status, "application/json", body, Optional.empty());
    }

    /** Whether it reaches whoever waits for it. */
    boolean arrives() {
        return status != 0 && !cut;
    }

    Answer broken() {
        return new Answer(status, contentType, body, jws, true);
    }
}
