package io.chapar.attacks;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.chapar.message.ProblemCode.EXCHANGE_MISMATCH;
import static io.chapar.message.ProblemCode.MALFORMED;
import static io.chapar.message.ProblemCode.SCHEMA;

/** JSON that two readers read differently, or that no reader should try; all of it signed well. */
final class JsonDocuments {

    static final String KIND = "JSON that is read in two ways";

    private JsonDocuments() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, KIND);
        if (original.form() == Form.JSON) {
            String json = original.unsigned();
            keys(cases, json);
            numbers().forEach((name, value) -> cases.signed(name, member(json, value), MALFORMED));
            strings().forEach((name, value) -> cases.signed(name, member(json, value), MALFORMED));
            harmlessValues().forEach((name, value) -> cases.signed(name, member(json, value), SCHEMA));
            cases.signed(
                    "a number in the place of the exchange",
                    json.replaceFirst("(\"exchange\"\\s*:\\s*)\"[^\"]*\"", "$11"),
                    EXCHANGE_MISMATCH);
            cases.signed(
                    "a number in the place of a text",
                    json.replaceFirst("(\"nonce\"\\s*:\\s*)\"[^\"]*\"", "$11.5"),
                    SCHEMA);
            cases.signed(
                    "null in the place of a text",
                    json.replaceFirst("(\"nonce\"\\s*:\\s*)\"[^\"]*\"", "$1null"),
                    SCHEMA);
            shapes(json).forEach((name, value) -> cases.signed(name, value, MALFORMED));
            cases.signed("a thousand members too many", json.replaceFirst("\\{", "{" + members(1_000)), MALFORMED);
            cases.signed("nine hundred members too many", json.replaceFirst("\\{", "{" + members(900)), SCHEMA);
            cases.signed("an empty object", "{}", EXCHANGE_MISMATCH);
            cases.signed(
                    "a header that is a list",
                    json.replaceFirst("(?s)\"header\"\\s*:\\s*\\{.*?\\}", "\"header\":[]"),
                    EXCHANGE_MISMATCH);
            integers(cases, json);
        }
        return cases.all();
    }

    /** The document with one more member at its beginning. */
    private static String member(String json, String value) {
        return json.replaceFirst("\\{", java.util.regex.Matcher.quoteReplacement("{\"x\":" + value + ","));
    }

    private static String members(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("\"x").append(i).append("\":1,");
        }
        return text.toString();
    }

    private static void keys(Cases cases, String json) {
        String again = "{\"header\":{},";
        cases.signed("a key twice", json.replaceFirst("\\{", again), MALFORMED);
        cases.signed("a key twice, once escaped", json.replaceFirst("\\{", "{\"\\\\u0068eader\":{},"), MALFORMED);
        cases.signed(
                "a key twice, below",
                json.replaceFirst("(\"nonce\"\\s*:)", "\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAA\",$1"),
                MALFORMED);
        cases.signed("a key twice in what nobody reads", member(json, "{\"a\":1,\"a\":1}"), MALFORMED);
        cases.signed("an empty key twice", json.replaceFirst("\\{", "{\"\":1,\"\":1,"), MALFORMED);
        String azerbaijani = "m\u00FC\u0259llif";
        String decomposed = Normalizer.normalize(azerbaijani, Normalizer.Form.NFD);
        cases.signed(
                "a key in two normalisations",
                json.replaceFirst("\\{", "{\"" + azerbaijani + "\":1,\"" + decomposed + "\":1,"),
                SCHEMA);
        cases.signed(
                "a key in wide letters",
                json.replaceFirst("\\{", "{\"\uFF48\uFF45\uFF41\uFF44\uFF45\uFF52\":{},"),
                SCHEMA);
        for (String name : List.of(
                "Header", "HEADER", "header ", " header", "header\\\\u200b", "header\\\\u0009", "\\\\uFEFFheader")) {
            cases.signed("a key like another: " + name, json.replaceFirst("\\{", "{\"" + name + "\":{},"), SCHEMA);
        }
        for (String name : List.of("__proto__", "constructor", "@class", "@type", "$ref", "$schema", "#", "")) {
            cases.signed(
                    "a key that means something elsewhere: " + name,
                    json.replaceFirst(
                            "\\{",
                            java.util.regex.Matcher.quoteReplacement("{\"" + name + "\":\"java.lang.Runtime\",")),
                    SCHEMA);
        }
        cases.signed(
                "the exchange named twice, once escaped",
                json.replaceFirst("(\"exchange\"\\s*:)", "\"\\\\u0065xchange\":\"x\",$1"),
                MALFORMED);
    }

    private static Map<String, String> numbers() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String number : List.of(
                "1e400",
                "-1e400",
                "1E999999999",
                "1e-999999999",
                "9007199254740992",
                "-9007199254740992",
                "123456789012345678901234567890",
                "0.1234567890123456789",
                "NaN",
                "Infinity",
                "-Infinity",
                "-NaN",
                "0x1F",
                "+1",
                "01",
                "-01",
                "-",
                ".5",
                "1.",
                "1.e1",
                "1e",
                "1e+",
                "1_000",
                "1,5",
                "0b1",
                "1f",
                "１",
                "- 1",
                "--1",
                "1".repeat(70),
                "1e1000000000000000000000")) {
            all.put("number " + (number.length() > 32 ? "of many digits " + number.length() : number), number);
        }
        return all;
    }

    private static Map<String, String> strings() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String text : List.of(
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud800x\"",
                "\"\\ud800\\n\"",
                "\"\\uffff\"",
                "\"\\ufffe\"",
                "\"\\ufdd0\"",
                "\"\\ud83f\\udfff\"",
                "\"\\u0000\"",
                "\"\\u0001\"",
                "\"\\u001f\"",
                "\"\\x41\"",
                "\"\\u12\"",
                "\"\\u12G4\"",
                "\"\\U0041\"",
                "\"\\'\"",
                "\"\\a\"",
                "\"\\\"",
                "\"\\\n\"",
                "\"x",
                "'x'",
                "`x`",
                "x",
                "True",
                "nul",
                "undefined",
                "\"a\"b\"")) {
            all.put("text " + text.replace("\n", "LF"), text);
        }
        all.put("text with a line's end in it", "\"a\nb\"");
        all.put("text with a tabulator in it", "\"a\tb\"");
        all.put("text with NUL in it", "\"a\u0000b\"");
        all.put("text with an escape character in it", "\"a\u001Bb\"");
        all.put("text with a noncharacter in it", "\"\uFFFE\"");
        all.put("text of four million characters and one", "\"" + "x".repeat(4_000_001) + "\"");
        return all;
    }

    /** Well-formed and within the limits; the schema does not have it. */
    private static Map<String, String> harmlessValues() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String value : List.of(
                "-0",
                "-0.0",
                "1.0",
                "1e2",
                "1E-2",
                "9007199254740991",
                "0.1",
                "\"\\u2028\"",
                "\"\\u007f\"",
                "\"\u202E\"",
                "\"\\ud83d\\ude00\"",
                "\"</script>\"",
                "\"../../x\"",
                "null",
                "[]",
                "{}",
                "[null]",
                "[[],[[]]]")) {
            all.put("in place: " + value, value);
        }
        return all;
    }

    private static Map<String, String> shapes(String json) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("nothing but white space", " \n");
        all.put("a list", "[" + json + "]");
        all.put("a text", "\"{}\"");
        all.put("a number", "1");
        all.put("null", "null");
        all.put("two documents", json + json);
        all.put("two documents in lines", json + "\n" + json);
        all.put("a comma behind it", json + ",");
        all.put("a bracket behind it", json + "}");
        all.put("NUL behind it", json + "\u0000");
        all.put("end of file behind it", json + "\u001A");
        all.put("a word behind it", json + " x");
        all.put("a mark before it", "\uFEFF" + json);
        all.put("a mark behind it", json + "\uFEFF");
        all.put("a mark inside", json.replaceFirst("\\{", "{\uFEFF"));
        all.put("a guard before it", ")]}',\n" + json);
        all.put("cut off", json.substring(0, json.lastIndexOf('}')));
        all.put("a comma at the end of an object", json.substring(0, json.lastIndexOf('}')) + ",}");
        all.put("a comma at its beginning", json.replaceFirst("\\{", "{,"));
        all.put("two commas", json.replaceFirst(",", ",,"));
        all.put("a comment", json.replaceFirst("\\{", "{/* */"));
        all.put("a comment to the end of the line", "// x\n" + json);
        all.put("a comment with #", "# x\n" + json);
        all.put("a key without quotes", json.replaceFirst("\"header\"", "header"));
        all.put("a key in single quotes", json.replaceFirst("\"header\"", "'header'"));
        all.put("a key that is a number", json.replaceFirst("\\{", "{1:1,"));
        all.put("a form feed as white space", json.replaceFirst("\\{", "{\f"));
        all.put("a no-break space as white space", json.replaceFirst("\\{", "{\u00A0"));
        all.put("a line separator as white space", json.replaceFirst("\\{", "{\u2028"));
        all.put("a colon missing", json.replaceFirst("\"header\"\\s*:", "\"header\""));
        all.put("lists in lists, 65", member(json, "[".repeat(65) + "]".repeat(65)));
        all.put("lists in lists, a hundred thousand, not closed", member(json, "[".repeat(100_000)));
        all.put("objects in objects, ten thousand", member(json, "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)));
        all.put("a hundred thousand values", member(json, "[" + "1,".repeat(100_000) + "1]"));
        all.put("a key of 257 characters", json.replaceFirst("\\{", "{\"" + "a".repeat(257) + "\":1,"));
        return all;
    }

    /** The same whole number in other words is the same, or not what the schema wants. */
    private static void integers(Cases cases, String json) {
        if (json.matches("(?s).*\"[a-zA-Z]+\"\\s*:\\s*[0-9]+.*")) {
            String place = "(\"[a-zA-Z]+\"\\s*:\\s*)([0-9]+)(?=\\s*[,}\\n])";
            cases.harmlesslySigned("a whole number with a fraction", json.replaceFirst(place, "$1$2.0"), SCHEMA);
            cases.harmlesslySigned("a whole number with an exponent", json.replaceFirst(place, "$1$2e0"), SCHEMA);
            cases.signed("a whole number as text", json.replaceFirst(place, "$1\"$2\""), SCHEMA);
            cases.signed("a whole number beyond all", json.replaceFirst(place, "$19007199254740991"), SCHEMA);
        }
    }
}
