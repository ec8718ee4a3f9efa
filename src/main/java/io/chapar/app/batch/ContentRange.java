package io.chapar.app.batch;

import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a batch a request brings (RFC 9110 §14.4, §14.5).
 *
 * @param whole all of them, from the first
 * @param first the number of the first byte
 * @param length how many, if that is said
 * @param total of the whole batch, if that is said
 */
public record ContentRange(boolean whole, long first, Optional<Long> length, Optional<Long> total) {

    private static final Pattern FORM =
            Pattern.compile("bytes (?:([0-9]{1,15})-([0-9]{1,15})|\\*)/(?:([0-9]{1,15})|\\*)");

    /**
     * Reads it. {@code bytes * /total} with an empty body says: that is all, you have it.
     *
     * @param header {@code Content-Range}
     * @param length {@code Content-Length}
     */
    public static ContentRange of(Optional<String> header, Optional<Long> length) throws Refusal {
        if (header.isEmpty()) {
            return new ContentRange(true, 0, length, length);
        }
        Matcher form = FORM.matcher(header.get().strip());
        if (!form.matches()) {
            throw malformed("Content-Range is bytes first-last/total.");
        }
        Optional<Long> total = Optional.ofNullable(form.group(3)).map(Long::valueOf);
        if (form.group(1) == null || form.group(2) == null) {
            return nothingMore(total, length);
        }
        long first = Long.parseLong(form.group(1));
        long last = Long.parseLong(form.group(2));
        if (last < first || total.isPresent() && last >= total.get()) {
            throw malformed("Content-Range is bytes first-last/total, and counts from 0.");
        }
        long counted = last - first + 1;
        if (length.isPresent() && length.get() != counted) {
            throw malformed("Content-Length is not as long as Content-Range says.");
        }
        return new ContentRange(false, first, Optional.of(counted), total);
    }

    private static ContentRange nothingMore(Optional<Long> total, Optional<Long> length) throws Refusal {
        if (total.isEmpty() || length.isPresent() && length.get() != 0) {
            throw malformed("Content-Range without a range has a total, and no body.");
        }
        return new ContentRange(false, total.get(), Optional.of(0L), total);
    }

    private static Refusal malformed(String detail) {
        return new Refusal(ProblemCode.MALFORMED, detail);
    }
}
