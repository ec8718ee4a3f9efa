package io.chapar.app.door;

import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string, names and values decoded. They are read here because the servlet API would also look
 * for them in a form's body.
 */
public final class QueryParameters {

    /** Stops after authorising. */
    public static final String VALIDATE_ONLY = "validateOnly";

    /** A byte of ASCII for itself, any other as two hexadecimal digits. */
    private static final Pattern ENCODED = Pattern.compile("(?:[\\x21-\\x24\\x26-\\x7e]|%[0-9a-fA-F]{2})*+");

    private record Parameter(String name, String value) {}

    private final List<Parameter> all;

    private QueryParameters(List<Parameter> all) {
        this.all = all;
    }

    /** @throws Refusal {@code malformed} when something cannot be decoded */
    public static QueryParameters of(HttpServletRequest request) throws Refusal {
        return of(request.getQueryString());
    }

    static QueryParameters of(@Nullable String query) throws Refusal {
        List<Parameter> all = new ArrayList<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                all.add(new Parameter(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
            }
        }
        return new QueryParameters(all);
    }

    /**
     * For calls that change something: whoever misspells the name of a parameter must not have done what it only wanted to
     * try. The name that is not known is not told again: it may be anything.
     *
     * @throws Refusal {@code malformed} when there is another one than these
     */
    public QueryParameters only(Set<String> known) throws Refusal {
        if (!all.stream().map(Parameter::name).allMatch(known::contains)) {
            throw malformed(
                    known.isEmpty()
                            ? "This call takes no query parameters, and one was given."
                            : "This call takes no other query parameters than " + String.join(", ", known)
                                    + ", and another one was given.");
        }
        return this;
    }

    /** @throws Refusal {@code malformed} when it stands twice */
    public Optional<String> value(String name) throws Refusal {
        List<Parameter> found =
                all.stream().filter(parameter -> parameter.name().equals(name)).toList();
        if (found.size() > 1) {
            throw malformed("The parameter " + name + " stands twice.");
        }
        return found.stream().map(Parameter::value).findFirst();
    }

    /**
     * One that is {@code true} or {@code false}; false when absent.
     *
     * @throws Refusal {@code malformed} when it is anything else, or stands twice
     */
    public boolean flag(String name) throws Refusal {
        String given = value(name).orElse("false");
        if (!given.equals("true") && !given.equals("false")) {
            throw malformed("The parameter " + name + " is true or false.");
        }
        return given.equals("true");
    }

    /** As a form writes it (URL Living Standard, section 5.1), but bytes that are no UTF-8 are refused and not replaced. */
    private static String decode(String text) throws Refusal {
        if (!ENCODED.matcher(text).matches()) {
            throw notEncoded();
        }
        byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notEncoded();
        }
    }

    private static Refusal notEncoded() {
        return malformed("The query parameters are not percent-encoded as they should be.");
    }

    private static Refusal malformed(String detail) {
        return new Refusal(ProblemCode.MALFORMED, detail);
    }
}
