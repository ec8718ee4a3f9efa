package io.chapar.app.door;

import io.chapar.accept.ContentType;
import io.chapar.fuzz.Seeds.Parted;
import io.chapar.message.Format;
import io.chapar.message.Refusal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.chapar.fuzz.Target.promise;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What stands beside a body: headers and the query string. */
public final class HeaderTargets {

    private static final int LONGEST = 1024;

    private static final Pattern PLAIN = Pattern.compile("[a-z]+/[a-z]+(;[a-z]+=[a-z]+)*");

    private HeaderTargets() {}

    /** Content-Type, and in the second line Accept. */
    public static void types(byte[] input) {
        Parted parted = Parted.of(input);
        Optional<ContentType> type = ContentType.of(parted.first());
        type.ifPresent(HeaderTargets::readAgain);
        if (PLAIN.matcher(parted.first()).matches()) {
            List<String> names = Stream.of(parted.first().split(";"))
                    .skip(1)
                    .map(parameter -> parameter.substring(0, parameter.indexOf('=')))
                    .toList();
            promise(
                    type.isPresent() == (Set.copyOf(names).size() == names.size()),
                    "it is read when no name is twice in it");
        }
        Format format = Preference.of(new String(parted.rest(), ISO_8859_1), parted.first());
        if (parted.rest().length == 0
                && type.filter(own -> own.mediaType().equals("application/xml")).isPresent()) {
            promise(format == Format.XML, "who speaks XML and says nothing else is answered in XML");
        }
    }

    /** Written as RFC 9110 says, it reads as the same: no two readers see different things in it. */
    private static void readAgain(ContentType type) {
        String written = type.mediaType()
                + type.parameters().entrySet().stream()
                        .map(each -> "; " + each.getKey() + "=\""
                                + each.getValue().replaceAll("([\"\\\\])", "\\\\$1") + "\"")
                        .collect(Collectors.joining());
        if (written.length() <= LONGEST) {
            promise(ContentType.of(written).equals(Optional.of(type)), "what is read and written reads as the same");
        }
    }

    /** A query string, and in the second line the name of a parameter. */
    public static void query(byte[] input) {
        Parted parted = Parted.of(input);
        String name = new String(parted.rest(), UTF_8);
        Optional<String> value;
        try {
            value = QueryParameters.of(parted.first()).value(name);
        } catch (Refusal e) {
            return; // refused, as promised
        }
        long standing = Stream.of(parted.first().split("&"))
                .filter(pair -> !pair.isEmpty())
                .filter(pair -> URLDecoder.decode(pair.split("=", 2)[0], UTF_8).equals(name))
                .count();
        promise(standing == (value.isPresent() ? 1 : 0), "what has a value stands there, and once");
        value.ifPresent(given -> promise(
                Optional.of(given).equals(readAgain(name, given)),
                "what is decoded and encoded is decoded as the same"));
    }

    private static Optional<String> readAgain(String name, String value) {
        String query = Map.of(name, value).entrySet().stream()
                .map(each -> URLEncoder.encode(each.getKey(), UTF_8) + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        try {
            return QueryParameters.of(query).value(name);
        } catch (Refusal e) {
            throw new AssertionError("what is encoded can be decoded", e);
        }
    }
}
