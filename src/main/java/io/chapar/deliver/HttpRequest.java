package io.chapar.deliver;

import io.chapar.message.Content;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One POST.
 *
 * @param total within this time the answer has to be complete
 * @param largest answer in bytes
 */
record HttpRequest(
        URI address, Map<String, String> headers, String contentType, Content body, Duration total, int largest) {}
