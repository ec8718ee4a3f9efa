package io.chapar.accept;

import io.chapar.message.FileContent;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.AttachmentStore;
import io.chapar.record.IncomingFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body of {@code multipart/related} (RFC 2387): the document first, then the files that it names. Read strictly, as it
 * comes, and within bounds: every byte belongs to a part or to a delimiter, so nothing travels that nobody looks at.
 *
 * @param root the document, which is always the first part
 * @param attachments the other parts, each with its own Content-ID
 */
public record Multipart(Part root, List<Passage.Attachment> attachments) {

    private static final Logger LOG = LoggerFactory.getLogger(Multipart.class);

    /** More parts than any agreement could mean. */
    public static final int MOST_PARTS = 33;

    /** MTOM's way to say "the value is in another part". */
    private static final String INCLUSION = "http://www.w3.org/2004/08/xop/include";

    /** RFC 2046 §5.1.1. */
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

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
     * Takes the body apart while it comes: the document into memory, each file into the store. Of a body that is refused
     * nothing stays there.
     *
     * @throws Refusal {@code malformed}, {@code too-large} or {@code not-durable}, saying what was expected
     */
    public static Multipart parse(
            ContentType contentType, InputStream body, AttachmentLimits limits, AttachmentStore store) throws Refusal {
        String boundary = contentType
                .parameter("boundary")
                .filter(text -> BOUNDARY.matcher(text).matches())
                .orElseThrow(() -> malformed("multipart/related needs a boundary of 1 to 70 characters"));
        List<Passage.Attachment> attachments = new ArrayList<>();
        boolean whole = false;
        try {
            DelimitedBody bytes = new DelimitedBody(body, boundary, limits.together());
            Part root = parts(contentType, boundary, bytes, limits, store, attachments);
            whole = true;
            return new Multipart(root, attachments);
        } finally {
            if (!whole) {
                store.discard(attachments);
            }
        }
    }

    private static Part parts(
            ContentType contentType,
            String boundary,
            DelimitedBody body,
            AttachmentLimits limits,
            AttachmentStore store,
            List<Passage.Attachment> attachments)
            throws Refusal {
        body.skipBlank();
        if (!body.take("--" + boundary)) {
            throw malformed("the body does not begin with its boundary");
        }
        if (body.take("--")) {
            throw malformed("there is no part");
        }
        PartHeaders first = PartHeaders.read(body);
        Part root = new Part(first.contentType(), first.all(), document(first, body, limits.document()));
        checkRoot(contentType, root);
        Set<String> ids = new HashSet<>();
        first.contentId().ifPresent(ids::add);
        while (!body.take("--")) {
            if (attachments.size() + 1 == MOST_PARTS) {
                throw malformed("there are more than " + MOST_PARTS + " parts");
            }
            PartHeaders headers = PartHeaders.read(body);
            String id = headers.contentId()
                    .orElseThrow(() -> malformed("each part after the first needs a Content-ID in angle brackets"));
            if (!ids.add(id)) {
                throw malformed("two parts have the same Content-ID");
            }
            String type = headers.contentType().mediaType();
            attachments.add(new Passage.Attachment(id, type, file(headers, body, limits.file(), store)));
        }
        body.skipBlank();
        if (body.has(1)) {
            throw malformed("something follows the last boundary");
        }
        return root;
    }

    private static byte[] document(PartHeaders headers, DelimitedBody body, int most) throws Refusal {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        headers.content(body, (bytes, offset, length) -> {
            if (document.size() + length > most) {
                throw new Refusal(
                        ProblemCode.TOO_LARGE,
                        "A document that comes with attachments has at most " + most + " bytes.");
            }
            document.write(bytes, offset, length);
        });
        return document.toByteArray();
    }

    private static FileContent file(PartHeaders headers, DelimitedBody body, long most, AttachmentStore store)
            throws Refusal {
        try (IncomingFile file = store.incoming()) {
            headers.content(body, (bytes, offset, length) -> {
                if (file.size() + length > most) {
                    throw new Refusal(ProblemCode.TOO_LARGE, "An attachment has at most " + most + " bytes.");
                }
                try {
                    file.write(bytes, offset, length);
                } catch (IOException e) {
                    throw notStored(e);
                }
            });
            return file.complete();
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    private static Refusal notStored(IOException e) {
        LOG.error("an attachment cannot be stored: {}", e.toString());
        return new Refusal(ProblemCode.NOT_DURABLE, "An attachment cannot be stored at the moment.");
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
        if (root.contentType().mediaType().equals("application/xop+xml")
                && new String(root.bytes(), StandardCharsets.ISO_8859_1).contains(INCLUSION)) {
            throw malformed("xop:Include is not used here: name each part in an attachment element, by contentId,"
                    + " with its digest");
        }
    }

    static Refusal malformed(String detail) {
        return new Refusal(ProblemCode.MALFORMED, detail);
    }
}
