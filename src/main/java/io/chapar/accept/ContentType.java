package io.chapar.accept;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Content-Type as RFC 9110 §8.3 writes it, read strictly: a parameter that stands twice, or that cannot be read, makes
 * the whole unreadable, so that no two readers see different things in it.
 *
 * @param mediaType in lower case, without parameters
 * @param parameters by name in lower case
 */
public record ContentType(String mediaType, Map<String, String> parameters) {

    private static final int LONGEST = 1024;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    public ContentType {
        parameters = Map.copyOf(parameters);
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The content type, or empty when it cannot be read. */
    public static Optional<ContentType> of(String text) {
        return text.length() > LONGEST ? Optional.empty() : new Reader(text).read();
    }

    /** Reads from left to right, once. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text.strip();
        }

        Optional<ContentType> read() {
            String type = token();
            if (type.isEmpty() || !take('/')) {
                return Optional.empty();
            }
            String subtype = token();
            if (subtype.isEmpty()) {
                return Optional.empty();
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            space();
            while (at < text.length()) {
                if (!take(';')) {
                    return Optional.empty();
                }
                space();
                if (at == text.length()) {
                    break;
                }
                String name = token().toLowerCase(Locale.ROOT);
                if (name.isEmpty() || !take('=')) {
                    return Optional.empty();
                }
                Optional<String> value = at < text.length() && text.charAt(at) == '"' ? quoted() : unquoted();
                if (value.isEmpty() || parameters.put(name, value.get()) != null) {
                    return Optional.empty();
                }
                space();
            }
            return Optional.of(new ContentType((type + "/" + subtype).toLowerCase(Locale.ROOT), parameters));
        }

        private Optional<String> unquoted() {
            String value = token();
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        }

        private Optional<String> quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (at < text.length()) {
                char next = text.charAt(at++);
                if (next == '"') {
                    return Optional.of(value.toString());
                }
                if (next == '\\' && at < text.length()) {
                    next = text.charAt(at++);
                }
                if (next < ' ' || next > '~') {
                    return Optional.empty();
                }
                value.append(next);
            }
            return Optional.empty();
        }

        private String token() {
            int start = at;
            while (at < text.length() && isToken(text.charAt(at))) {
                at++;
            }
            return text.substring(start, at);
        }

        private static boolean isToken(char c) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || TOKEN_MARKS.indexOf(c) >= 0;
        }

        private boolean take(char wanted) {
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        private void space() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }
    }
}
