package io.chapar.deliver;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came back over HTTP.
 *
 * @param headers by name in lower case; of repeated ones the first
 */
record HttpAnswer(int status, Map<String, String> headers, byte[] body) {

    HttpAnswer {
        headers = Map.copyOf(headers);
    }

    boolean successful() {
        return status >= 200 && status < 300;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The media type without parameters, in lower case. */
    String mediaType() {
        return header("content-type")
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }
}
