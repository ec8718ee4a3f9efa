package io.chapar.sandbox.agency;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes apart what RFC 2387 put together: the document first, then the files that it names. */
final class Parts {

    /** @param headers as they stand, with their line ends */
    record Part(String headers, byte[] body) {
        Optional<String> header(String name) {
            return headers.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final byte[] BLANK = {'\r', '\n', '\r', '\n'};

    private Parts() {}

    static List<Part> of(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw new IllegalArgumentException("a multipart without boundary");
        }
        byte[] first = ("--" + boundary.group(1)).getBytes(StandardCharsets.US_ASCII);
        byte[] next = ("\r\n--" + boundary.group(1)).getBytes(StandardCharsets.US_ASCII);
        List<Part> parts = new ArrayList<>();
        int start = find(body, first, 0) + first.length;
        while (start >= first.length) {
            int end = find(body, next, start);
            int blank = find(body, BLANK, start);
            if (end < 0 || blank < 0 || blank > end) {
                break;
            }
            parts.add(new Part(
                    new String(body, start, blank - start, StandardCharsets.UTF_8).strip(),
                    Arrays.copyOfRange(body, blank + BLANK.length, end)));
            start = end + next.length;
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a multipart without parts");
        }
        return parts;
    }

    private static int find(byte[] in, byte[] what, int from) {
        for (int at = Math.max(from, 0); at <= in.length - what.length; at++) {
            if (in[at] == what[0] && Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }
}
