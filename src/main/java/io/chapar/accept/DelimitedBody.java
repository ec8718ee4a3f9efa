package io.chapar.accept;

import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a multipart as they come, looked at through a window that is a little longer than a delimiter. */
final class DelimitedBody {

    private static final int WINDOW = 1 << 16;

    private final InputStream in;
    private final byte[] delimiter;
    private final long most;
    private final byte[] window = new byte[WINDOW];
    private int at;
    private int end;
    private long taken;
    private boolean over;

    /** Where bytes go. */
    interface Taker {
        void take(byte[] bytes, int offset, int length) throws Refusal;
    }

    /** @param most bytes that are taken in all */
    DelimitedBody(InputStream in, String boundary, long most) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        this.most = most;
    }

    /** Whether so many more bytes come. */
    boolean has(int wanted) throws Refusal {
        while (end - at < wanted && !over) {
            if (window.length - at < wanted || end == window.length) {
                System.arraycopy(window, at, window, 0, end - at);
                end -= at;
                at = 0;
            }
            int read = read();
            over = read < 0;
            end += Math.max(read, 0);
            taken += Math.max(read, 0);
            if (taken > most) {
                throw new Refusal(
                        ProblemCode.TOO_LARGE, "A document and its attachments have at most " + most + " bytes.");
            }
        }
        return end - at >= wanted;
    }

    private int read() throws Refusal {
        try {
            return in.read(window, end, window.length - end);
        } catch (IOException e) {
            throw Multipart.malformed("the body breaks off");
        }
    }

    void skipBlank() throws Refusal {
        while (has(1) && (window[at] == '\r' || window[at] == '\n' || window[at] == ' ' || window[at] == '\t')) {
            at++;
        }
    }

    /** The rest of a boundary's line: nothing but its end. */
    void endLine() throws Refusal {
        while (has(1) && (window[at] == ' ' || window[at] == '\t')) {
            at++;
        }
        if (!take("\r\n")) {
            throw Multipart.malformed("a boundary does not stand on a line of its own");
        }
    }

    /** Takes this text if it comes next. */
    boolean take(String ascii) throws Refusal {
        byte[] wanted = ascii.getBytes(StandardCharsets.US_ASCII);
        boolean there = comes(wanted, 0, wanted.length);
        at += there ? wanted.length : 0;
        return there;
    }

    /** Whether the delimiter comes next, with the line break before it or already behind that. */
    boolean delimited(boolean behindLineBreak) throws Refusal {
        return comes(delimiter, behindLineBreak ? 2 : 0, delimiter.length);
    }

    boolean comesLineEnd() throws Refusal {
        return comes(delimiter, 0, 2);
    }

    private boolean comes(byte[] wanted, int from, int to) throws Refusal {
        return has(to - from) && Arrays.equals(window, at, at + to - from, wanted, from, to);
    }

    /** A line without its end; of one that is longer than this, nothing. */
    String line(int longest) throws Refusal {
        int length = 0;
        while (has(length + 2) && length <= longest) {
            if (window[at + length] == '\r' && window[at + length + 1] == '\n') {
                String line = new String(window, at, length, StandardCharsets.ISO_8859_1);
                at += length + 2;
                return line;
            }
            length++;
        }
        throw Multipart.malformed("the headers of a part do not end");
    }

    /** Hands over what comes before the next delimiter, and takes the delimiter. */
    void untilDelimiter(Taker taker) throws Refusal {
        while (true) {
            if (!has(delimiter.length)) {
                throw Multipart.malformed("the last boundary is missing");
            }
            int found = found();
            // The last bytes may be the beginning of a delimiter of which the rest has not come yet.
            int safe = found >= 0 ? found : end - delimiter.length + 1;
            if (safe > at) {
                taker.take(window, at, safe - at);
                at = safe;
            }
            if (found >= 0) {
                at += delimiter.length;
                return;
            }
        }
    }

    /** Where the delimiter stands; its first byte is searched alone, so a large file costs one comparison a byte. */
    private int found() {
        for (int i = at; i <= end - delimiter.length; i++) {
            if (window[i] == delimiter[0]
                    && Arrays.equals(window, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
                return i;
            }
        }
        return -1;
    }
}
