package io.chapar.app.door;

import io.chapar.accept.ContentType;
import io.chapar.message.Format;
import java.util.Locale;

/**
 * In which of the two forms a caller wants to be answered: its {@code Accept} decides, and where that says nothing the
 * form in which it speaks itself. A caller that accepts neither is answered all the same, since a receipt that is not
 * told helps nobody.
 */
public final class Preference {

    private Preference() {}

    /**
     * The form to answer in.
     *
     * @param accept as given, or empty
     * @param contentType of the request, or empty
     */
    public static Format of(String accept, String contentType) {
        Format own = speaks(contentType);
        if (accept.isEmpty()) {
            return own;
        }
        double xml = 0;
        double json = 0;
        for (String range : accept.split(",", 32)) {
            double weight = weight(range);
            String type = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            if (isXml(type)) {
                xml = Math.max(xml, weight);
            } else if (isJson(type)) {
                json = Math.max(json, weight);
            }
        }
        if (xml == json) {
            return own;
        }
        return xml > json ? Format.XML : Format.JSON;
    }

    /** The form of a request's own type; of a multipart's first part. */
    private static Format speaks(String contentType) {
        return ContentType.of(contentType)
                .map(type -> type.mediaType().startsWith("multipart/")
                        ? type.parameter("type").orElse("").toLowerCase(Locale.ROOT)
                        : type.mediaType())
                .filter(Preference::isXml)
                .map(type -> Format.XML)
                .orElse(Format.JSON);
    }

    private static boolean isXml(String type) {
        return type.equals("application/xml") || type.equals("text/xml") || type.endsWith("+xml");
    }

    private static boolean isJson(String type) {
        return type.equals("application/json") || type.equals("application/jose") || type.endsWith("+json");
    }

    private static double weight(String range) {
        int at = range.indexOf(";q=");
        if (at < 0) {
            at = range.indexOf("; q=") < 0 ? -1 : range.indexOf("; q=") + 1;
        }
        if (at < 0) {
            return 1;
        }
        String digits = range.substring(at + 3).split(";", 2)[0].strip();
        return digits.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(digits) : 0;
    }
}
