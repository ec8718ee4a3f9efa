package io.chapar.accept;

import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A body of {@code multipart/related} (RFC 2387): the document first, then the files that it names. Read strictly and
 * within bounds: every byte belongs to a part or to a delimiter, so nothing travels that nobody looks at.
 *
 * @param root the document, which is always the first part
 * @param attachments the other parts, each with its own Content-ID
 */
public record Multipart(Part root, List<Passage.Attachment> attachments) {

    /** More parts than any agreement could mean. */
    public static final int MOST_PARTS = 33;

    /** MTOM's way to say "the value is in another part". */
    private static final byte[] INCLUSION = "http://www.w3.org/2004/08/xop/include".getBytes(StandardCharsets.US_ASCII);

    /** RFC 2046 §5.1.1. */
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

    private static final Pattern CONTENT_ID = Pattern.compile("<([!-;=?-~]{1,255})>");
    private static final Set<String> PLAIN_ENCODINGS = Set.of("binary", "8bit", "7bit");
    private static final int LONGEST_HEADERS = 8192;

    /**
     * One part.
     *
     * @param contentType as given
     * @param headers by name in lower case
     */
    public record Part(ContentType contentType, Map<String, String> headers, byte[] bytes) {
        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }
    }

    public Multipart {
        attachments = List.copyOf(attachments);
    }

    /** Whether a body with this Content-Type is to be read by this class. */
    public static boolean is(ContentType contentType) {
        return contentType.mediaType().equals("multipart/related");
    }

    /**
     * Takes the body apart.
     *
     * @throws Refusal {@code malformed}, saying what was expected
     */
    public static Multipart parse(ContentType contentType, byte[] body) throws Refusal {
        String boundary = contentType
                .parameter("boundary")
                .filter(text -> BOUNDARY.matcher(text).matches())
                .orElseThrow(() -> malformed("multipart/related needs a boundary of 1 to 70 characters"));
        List<Part> parts = parts(body, boundary.getBytes(StandardCharsets.US_ASCII));
        Part root = parts.get(0);
        checkRoot(contentType, root);
        List<Passage.Attachment> attachments = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Optional<String> rootId = contentId(root);
        rootId.ifPresent(ids::add);
        for (Part part : parts.subList(1, parts.size())) {
            String id = contentId(part)
                    .orElseThrow(() -> malformed("each part after the first needs a Content-ID in angle brackets"));
            if (!ids.add(id)) {
                throw malformed("two parts have the same Content-ID");
            }
            attachments.add(new Passage.Attachment(id, part.contentType().mediaType(), part.bytes()));
        }
        return new Multipart(root, attachments);
    }

    private static void checkRoot(ContentType whole, Part root) throws Refusal {
        Optional<String> start = whole.parameter("start");
        if (start.isPresent() && !start.equals(root.header("content-id"))) {
            throw malformed("the signed document is the first part; start names another one");
        }
        Optional<String> type = whole.parameter("type");
        if (type.isPresent() && !type.get().equalsIgnoreCase(root.contentType().mediaType())) {
            throw malformed("the parameter type is not the media type of the first part");
        }
        // MTOM would put the file's text in place of this element, and then another document would be used than the one
        // that was signed. Schema validation refuses the element too, however it is spelt; this says why.
        if (root.contentType().mediaType().equals("application/xop+xml") && indexOf(root.bytes(), INCLUSION, 0) >= 0) {
            throw malformed("xop:Include is not used here: name each part in an attachment element, by contentId,"
                    + " with its digest");
        }
    }

    private static List<Part> parts(byte[] body, byte[] boundary) throws Refusal {
        byte[] delimiter = concat("\r\n--".getBytes(StandardCharsets.US_ASCII), boundary);
        byte[] first = Arrays.copyOfRange(delimiter, 2, delimiter.length);
        int at = skipBlank(body, 0);
        if (!startsWith(body, first, at)) {
            throw malformed("the body does not begin with its boundary");
        }
        at += first.length;
        List<Part> parts = new ArrayList<>();
        while (!startsWith(body, new byte[] {'-', '-'}, at)) {
            at = endOfDelimiter(body, at);
            int end = indexOf(body, delimiter, at - 2);
            if (end < 0) {
                throw malformed("the last boundary is missing");
            }
            if (parts.size() == MOST_PARTS) {
                throw malformed("there are more than " + MOST_PARTS + " parts");
            }
            parts.add(part(body, at, end));
            at = end + delimiter.length;
        }
        if (parts.isEmpty()) {
            throw malformed("there is no part");
        }
        if (skipBlank(body, at + 2) != body.length) {
            throw malformed("something follows the last boundary");
        }
        return parts;
    }

    private static int endOfDelimiter(byte[] body, int from) throws Refusal {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        if (!startsWith(body, new byte[] {'\r', '\n'}, at)) {
            throw malformed("a boundary does not stand on a line of its own");
        }
        return at + 2;
    }

    private static Part part(byte[] body, int start, int end) throws Refusal {
        Map<String, String> headers = new LinkedHashMap<>();
        int at = start;
        while (!startsWith(body, new byte[] {'\r', '\n'}, at)) {
            int lineEnd = indexOf(body, new byte[] {'\r', '\n'}, at);
            if (lineEnd < 0 || lineEnd > end || lineEnd - start > LONGEST_HEADERS) {
                throw malformed("the headers of a part do not end");
            }
            String line = new String(body, at, lineEnd - at, StandardCharsets.ISO_8859_1);
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                throw malformed("a header of a part cannot be read");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (headers.put(name, line.substring(colon + 1).strip()) != null) {
                throw malformed("a header of a part stands twice");
            }
            at = lineEnd + 2;
        }
        String encoding = headers.getOrDefault("content-transfer-encoding", "binary");
        if (!PLAIN_ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw malformed("parts travel as they are: Content-Transfer-Encoding is binary");
        }
        ContentType type = Optional.ofNullable(headers.get("content-type"))
                .flatMap(ContentType::of)
                .orElseThrow(() -> malformed("each part needs a Content-Type"));
        // A part without content ends where its headers end: the line break before the boundary is the same one.
        int contentStart = Math.min(at + 2, end);
        return new Part(type, Map.copyOf(headers), Arrays.copyOfRange(body, contentStart, end));
    }

    private static Optional<String> contentId(Part part) throws Refusal {
        Optional<String> given = part.header("content-id");
        if (given.isEmpty()) {
            return given;
        }
        var form = CONTENT_ID.matcher(given.get());
        if (!form.matches()) {
            throw malformed("a Content-ID stands in angle brackets");
        }
        return Optional.of(form.group(1));
    }

    private static Refusal malformed(String detail) {
        return new Refusal(ProblemCode.MALFORMED, detail);
    }

    private static int skipBlank(byte[] body, int from) {
        int at = Math.min(from, body.length);
        while (at < body.length && (body[at] == '\r' || body[at] == '\n' || body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean startsWith(byte[] body, byte[] wanted, int at) {
        return at >= 0
                && at + wanted.length <= body.length
                && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length);
    }

    /** Where it next stands; the first byte is searched alone, so that a large file costs one comparison a byte. */
    private static int indexOf(byte[] body, byte[] wanted, int from) {
        for (int at = Math.max(from, 0); at <= body.length - wanted.length; at++) {
            if (body[at] == wanted[0] && startsWith(body, wanted, at)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] concat(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
