package io.chapar.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Pattern;

/**
 * The written forms that XML Schema, JSON Schema's formats and java.time all understand alike. Each of the three allows
 * more in some corner (24:00:00, leap seconds, five-digit years, no zone); here only what all three read the same.
 */
final class Lexical {

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern DATE_TIME = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");
    private static final DateTimeFormatter STRICT_DATE =
            DateTimeFormatter.ISO_LOCAL_DATE.withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter STRICT_DATE_TIME =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);
    private static final int FARTHEST_ZONE_SECONDS = 14 * 3600;

    private Lexical() {}

    /** @throws DateTimeException when it is no day of the calendar, or written otherwise */
    static LocalDate date(String text) {
        String trimmed = text.trim();
        if (!DATE.matcher(trimmed).matches() || trimmed.startsWith("0000")) {
            throw new DateTimeException("a date is written YYYY-MM-DD");
        }
        return LocalDate.parse(trimmed, STRICT_DATE);
    }

    /** @throws DateTimeException when there is no such moment, or it is written otherwise */
    static OffsetDateTime dateTime(String text) {
        String trimmed = text.trim();
        if (!DATE_TIME.matcher(trimmed).matches() || trimmed.startsWith("0000")) {
            throw new DateTimeException("a moment is written YYYY-MM-DDThh:mm:ss and its zone");
        }
        OffsetDateTime moment = OffsetDateTime.parse(trimmed, STRICT_DATE_TIME);
        if (Math.abs(moment.getOffset().getTotalSeconds()) > FARTHEST_ZONE_SECONDS) {
            throw new DateTimeException("no zone is farther from UTC than 14 hours");
        }
        return moment;
    }

    /** Whether XML 1.0 can carry every character; JSON could carry more. */
    static boolean isXmlText(String text) {
        return text.codePoints()
                .allMatch(c -> c == 0x9
                        || c == 0xA
                        || c == 0xD
                        || c >= 0x20 && c <= 0xD7FF
                        || c >= 0xE000 && c <= 0xFFFD
                        || c >= 0x10000);
    }

    /** What xs:token makes of a text. */
    static String collapsed(String text) {
        return text.replaceAll("[ \\t\\n\\r]+", " ").strip();
    }
}
