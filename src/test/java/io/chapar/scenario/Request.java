package io.chapar.scenario;

import io.chapar.message.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is sent, and what a receipt must say about it.
 *
 * @param tls which client certificate is shown, as {@link Wire} names them
 * @param contentDigest absent where nobody could compute it
 * @param bytesDigest over the document's bytes as they travel
 */
record Request(
        String method,
        String path,
        String tls,
        Map<String, String> headers,
        byte[] body,
        Optional<Digest> contentDigest,
        Optional<Digest> bytesDigest) {

    static Request get(String path, String tls) {
        return new Request("GET", path, tls, Map.of(), new byte[0], Optional.empty(), Optional.empty());
    }

    static Request post(String path, String tls, Map<String, String> headers, byte[] body) {
        return new Request("POST", path, tls, headers, body, Optional.empty(), Optional.empty());
    }

    /** The same at another path. */
    Request at(String other) {
        return new Request(method, other, tls, headers, body, contentDigest, bytesDigest);
    }

    Request with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Request(method, path, tls, more, body, contentDigest, bytesDigest);
    }

    Request digests(Digest content, Digest bytes) {
        return new Request(method, path, tls, headers, body, Optional.of(content), Optional.of(bytes));
    }
}
