package io.chapar.app.door;

import io.chapar.accept.ContentType;
import io.chapar.accept.Multipart;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Takes an HTTP request in, as the straight way wants it: bytes and facts, nothing interpreted. */
public final class Intake {

    /** The header of a detached signature. */
    public static final String SIGNATURE = "X-JWS-Signature";

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String TRACE = Intake.class.getName() + ".trace";
    private static final String ENDLESS = Intake.class.getName() + ".endless";
    private static final int SMALL = 1 << 16;

    /** W3C Trace Context, version 00. */
    private static final Pattern TRACE_PARENT = Pattern.compile("00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    private final int maximumBytes;
    private final Clock clock;

    public Intake(int maximumBytes, Clock clock) {
        this.maximumBytes = maximumBytes;
        this.clock = clock;
    }

    /**
     * The request with its body; of a body that is too large, one byte more than is allowed. A multipart is not read here:
     * its files are never held as a whole.
     *
     * @throws Refusal {@code malformed}, when the body does not come whole
     */
    public Passage.Arrived read(HttpServletRequest request, Passage.Door door, String exchange, boolean validateOnly)
            throws Refusal, IOException {
        boolean multipart =
                ContentType.of(contentType(request)).filter(Multipart::is).isPresent();
        // What a stranger sends is not worth memory: who shows no certificate is refused, whatever it says.
        if (certificates(request).isEmpty() || multipart) {
            Optional<InputStream> unread = multipart ? Optional.of(request.getInputStream()) : Optional.empty();
            return arrived(request, door, exchange, validateOnly, new byte[0], unread);
        }
        return arrived(request, door, exchange, validateOnly, body(request), Optional.empty());
    }

    /** The body of a batch: it may take as long as it keeps its pace, since what came of it is kept. */
    public InputStream endless(HttpServletRequest request) throws IOException {
        request.setAttribute(ENDLESS, true);
        return request.getInputStream();
    }

    /** Whether its door said that the time for all of this body is not bounded. */
    public static boolean isEndless(HttpServletRequest request) {
        return request.getAttribute(ENDLESS) != null;
    }

    /** The request without its body: enough to know who calls. */
    public Passage.Arrived bare(HttpServletRequest request) {
        return arrived(request, Passage.Door.REST, "", false, new byte[0], Optional.empty());
    }

    /** The request without its body, which its door reads itself. */
    public Passage.Arrived bare(HttpServletRequest request, Passage.Door door, String exchange) {
        return arrived(request, door, exchange, false, new byte[0], Optional.empty());
    }

    private Passage.Arrived arrived(
            HttpServletRequest request,
            Passage.Door door,
            String exchange,
            boolean validateOnly,
            byte[] body,
            Optional<InputStream> unread) {
        String contentType = contentType(request);
        return new Passage.Arrived(
                door,
                exchange,
                contentType,
                body,
                unread,
                header(request, SIGNATURE),
                certificates(request),
                Preference.of(header(request, "Accept").orElse(""), contentType),
                validateOnly,
                clock.instant(),
                traceId(request));
    }

    private static String contentType(HttpServletRequest request) {
        return Optional.ofNullable(request.getContentType()).orElse("");
    }

    /** Lines that repeat a header count as one with a comma (RFC 9110 §5.2), which no signature contains. */
    private static Optional<String> header(HttpServletRequest request, String name) {
        List<String> lines = Collections.list(request.getHeaders(name));
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
    }

    private static List<X509Certificate> certificates(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain ? List.of(chain) : List.of();
    }

    private byte[] body(HttpServletRequest request) throws Refusal {
        try {
            return read(request);
        } catch (IOException gone) {
            throw new Refusal(BodyNotWhole.PROBLEM);
        }
    }

    /** Memory grows with what was sent, not with what was announced. */
    private byte[] read(HttpServletRequest request) throws IOException {
        InputStream in = request.getInputStream();
        int announced = request.getContentLength();
        if (announced >= 0 && announced <= SMALL) {
            byte[] body = new byte[announced];
            int read = in.readNBytes(body, 0, announced);
            return read == announced ? body : Arrays.copyOf(body, read);
        }
        return in.readNBytes(maximumBytes + 1);
    }

    /** The caller's trace, when it has one, or a new one; the same for the whole request. */
    public static String traceId(HttpServletRequest request) {
        if (request.getAttribute(TRACE) instanceof String known) {
            return known;
        }
        String given = request.getHeader("traceparent");
        var form = TRACE_PARENT.matcher(given == null ? "" : given);
        String traceId = form.matches() ? form.group(1) : newTraceId();
        request.setAttribute(TRACE, traceId);
        return traceId;
    }

    /** A trace of our own, for what arrives without one. */
    public static String newTraceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong());
    }
}
