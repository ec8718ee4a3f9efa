package io.chapar.sandbox.agency;

import java.util.Optional;

/** What an agency answers; status 0 stands for hanging up without a word. */
record Answer(int status, String contentType, byte[] body, Optional<String> jws) {

    static final Answer NOTHING = new Answer(0, "", new byte[0], Optional.empty());

    static Answer json(int status, byte[] body) {
        return new Answer(status, "application/json", body, Optional.empty());
    }
}
