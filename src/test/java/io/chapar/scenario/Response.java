package io.chapar.scenario;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came back over the wire.
 *
 * @param headers by name in lower case
 */
record Response(int status, Map<String, String> headers, byte[] body) {

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    String mediaType() {
        return header("Content-Type").orElse("").split(";", 2)[0].strip();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
