package io.chapar.accept;

import io.chapar.message.Refusal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The headers of one part, up to the empty line that ends them, which is still to come.
 *
 * @param contentId without angle brackets
 * @param all by name in lower case
 */
record PartHeaders(ContentType contentType, Optional<String> contentId, Map<String, String> all) {

    private static final Pattern CONTENT_ID = Pattern.compile("<([!-;=?-~]{1,255})>");
    private static final Set<String> PLAIN_ENCODINGS = Set.of("binary", "8bit", "7bit");
    private static final int LONGEST = 8192;

    static PartHeaders read(DelimitedBody body) throws Refusal {
        body.endLine();
        Map<String, String> headers = new LinkedHashMap<>();
        int left = LONGEST;
        while (!body.comesLineEnd()) {
            if (body.delimited(true)) {
                throw Multipart.malformed("the headers of a part do not end");
            }
            String line = body.line(left);
            left -= line.length();
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                throw Multipart.malformed("a header of a part cannot be read");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (headers.put(name, line.substring(colon + 1).strip()) != null) {
                throw Multipart.malformed("a header of a part stands twice");
            }
        }
        String encoding = headers.getOrDefault("content-transfer-encoding", "binary");
        if (!PLAIN_ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw Multipart.malformed("parts travel as they are: Content-Transfer-Encoding is binary");
        }
        ContentType type = Optional.ofNullable(headers.get("content-type"))
                .flatMap(ContentType::of)
                .orElseThrow(() -> Multipart.malformed("each part needs a Content-Type"));
        return new PartHeaders(type, contentId(headers), Map.copyOf(headers));
    }

    private static Optional<String> contentId(Map<String, String> headers) throws Refusal {
        Optional<String> given = Optional.ofNullable(headers.get("content-id"));
        if (given.isEmpty()) {
            return given;
        }
        var form = CONTENT_ID.matcher(given.get());
        if (!form.matches()) {
            throw Multipart.malformed("a Content-ID stands in angle brackets");
        }
        return Optional.of(form.group(1));
    }

    /** A part without content ends where its headers end: the line break before the boundary is the same one. */
    void content(DelimitedBody body, DelimitedBody.Taker taker) throws Refusal {
        if (!body.delimited(false) && !body.take("\r\n")) {
            throw Multipart.malformed("the headers of a part do not end");
        }
        body.untilDelimiter(taker);
    }
}
