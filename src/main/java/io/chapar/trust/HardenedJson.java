package io.chapar.trust;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one place where JSON becomes values: I-JSON (RFC 7493) and nothing beyond it. UTF-8 without a byte order mark, no
 * key twice in an object, no surrogate without its other half, no noncharacters, no control character that XML could not
 * carry (every message has both forms), no number that a double would not tell from its neighbours or that is endless without its
 * exponent, limits on depth and sizes.
 */
public final class HardenedJson {

    static final int DEEPEST = 64;
    static final int LONGEST_STRING = 4_000_000;
    static final int LONGEST_NAME = 256;
    static final int LONGEST_NUMBER = 64;
    static final int MOST_VALUES = 100_000;

    /** No schema knows a tenth of it: to be told of each one that it does not know would cost seconds. */
    static final int MOST_MEMBERS = 1_000;

    /** RFC 7493, section 2.2: beyond it not every reader has integers. */
    private static final long GREATEST_INTEGER = (1L << 53) - 1;

    /** More digits than these a double does not tell apart. */
    private static final int MOST_DIGITS = 17;

    /** Digits before or behind the point: with sign and point a number that is written out is within its longest. */
    private static final int LONGEST_FRACTION = (LONGEST_NUMBER - 2) / 2;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_STRING)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxTokenCount(MOST_VALUES)
                    .build())
            .build();

    private HardenedJson() {}

    /**
     * One object with its members in order: {@code Map}, {@code List}, {@code String}, {@code Boolean}, {@code Long} for
     * integers, {@code BigDecimal} for other numbers, and null.
     *
     * @throws Malformed if the bytes are not one I-JSON object within the limits
     */
    public static Map<String, Object> parse(byte[] bytes) throws Malformed {
        return parse(bytes, FACTORY);
    }

    /**
     * The same for what carries files as strings, such as a mailbox's deliveries.
     *
     * @param longestString in characters
     */
    public static Map<String, Object> parse(byte[] bytes, int longestString) throws Malformed {
        JsonFactory roomier = FACTORY.copy();
        roomier.setStreamReadConstraints(FACTORY.streamReadConstraints()
                .rebuild()
                .maxStringLength(longestString)
                .build());
        return parse(bytes, roomier);
    }

    private static Map<String, Object> parse(byte[] bytes, JsonFactory factory) throws Malformed {
        CharBuffer text = decode(bytes);
        try (JsonParser parser = factory.createParser(text.array(), text.arrayOffset(), text.remaining())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Malformed("the document is not a JSON object");
            }
            Map<String, Object> object = object(parser);
            if (parser.nextToken() != null) {
                throw new Malformed("something follows the JSON object");
            }
            return object;
        } catch (StreamConstraintsException e) {
            throw new Malformed("the JSON is deeper, longer or larger than the limits allow");
        } catch (IOException e) {
            // the parser's own words may quote the document, so they are not passed on
            throw new Malformed("the JSON is not well-formed, or an object has a key twice");
        }
    }

    /** Compact UTF-8; numbers without exponents; members in the map's order. */
    public static byte[] write(Map<String, ?> object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            write(generator, object);
        } catch (IOException e) {
            throw new UncheckedIOException("this has no JSON form", e);
        }
        return bytes.toByteArray();
    }

    private static CharBuffer decode(byte[] bytes) throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new Malformed("the bytes are not UTF-8");
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException, Malformed {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = checked(parser.currentName());
            JsonToken token = parser.nextToken();
            if (members.size() == MOST_MEMBERS) {
                throw new Malformed("an object of the JSON has more than " + MOST_MEMBERS + " members");
            }
            members.put(name, value(parser, token));
        }
        @SuppressWarnings("NullAway") // a member may be null; the schemas allow none, and say where it stands
        Map<String, Object> asContracted = members;
        return asContracted;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException, Malformed {
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(parser, token));
        }
        return elements;
    }

    private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) throws IOException, Malformed {
        if (token == null) {
            throw new Malformed("the JSON ends too early");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> checked(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            default -> throw new Malformed("the JSON is not well-formed");
        };
    }

    private static Long integer(JsonParser parser) throws IOException, Malformed {
        return whole(parser.getBigIntegerValue());
    }

    private static Long whole(BigInteger number) throws Malformed {
        if (number.bitLength() > 53 || Math.abs(number.longValue()) > GREATEST_INTEGER) {
            throw new Malformed("an integer is beyond 2^53 - 1");
        }
        return number.longValue();
    }

    /** As whole as it is: 1e3 is the integer 1000, since it is written, and read again, without an exponent. */
    private static Number decimal(JsonParser parser) throws IOException, Malformed {
        BigDecimal number;
        try {
            number = parser.getDecimalValue();
        } catch (NumberFormatException e) {
            // an exponent that not even BigDecimal has room for
            throw tooLong();
        }
        if (number.scale() <= 0 && number.signum() == 0) {
            return 0L;
        }
        // the scale is looked at first: comparing 1e999999999 with anything would write it out
        if (Math.abs((long) number.scale()) > LONGEST_FRACTION
                || number.stripTrailingZeros().precision() > MOST_DIGITS
                || number.precision() - number.scale() > LONGEST_FRACTION) {
            throw tooLong();
        }
        return number.scale() <= 0 ? whole(number.toBigIntegerExact()) : number;
    }

    private static Malformed tooLong() {
        return new Malformed("a number has more than " + MOST_DIGITS + " digits, or, without its exponent, more than "
                + LONGEST_FRACTION + " before or behind the point");
    }

    private static String checked(String text) throws Malformed {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < 0x20 && character != '\t' && character != '\n' && character != '\r') {
                throw new Malformed("a text contains a control character");
            }
            if (character >= 0xFDD0) {
                if (character <= 0xFDEF || character >= 0xFFFE) {
                    throw new Malformed("a text contains a noncharacter");
                }
            } else if (Character.isSurrogate(character)) {
                boolean pair = Character.isHighSurrogate(character)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new Malformed("a text contains half a surrogate pair");
                }
                if ((text.codePointAt(i++) & 0xFFFE) == 0xFFFE) {
                    throw new Malformed("a text contains a noncharacter");
                }
            }
        }
        return text;
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                generator.writeFieldName((String) member.getKey());
                write(generator, member.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            generator.writeStartArray();
            for (Object element : elements) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof Integer || value instanceof Long) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigInteger number) {
            generator.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            generator.writeNumber(number);
        } else {
            throw new IllegalArgumentException(
                    "JSON here has no " + value.getClass().getName());
        }
    }
}
