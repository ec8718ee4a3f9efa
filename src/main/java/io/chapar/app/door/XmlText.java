package io.chapar.app.door;

/** Text inside XML that we write ourselves. */
public final class XmlText {

    private XmlText() {}

    /** Appends text with what XML reserves escaped; characters that XML 1.0 does not know become U+FFFD. */
    public static void append(StringBuilder to, String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                case '&' -> to.append("&amp;");
                case '"' -> to.append("&quot;");
                case '\r' -> to.append("&#xD;");
                default -> to.appendCodePoint(isXml(c) ? c : 0xFFFD);
            }
        });
    }

    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        append(escaped, text);
        return escaped.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
