package io.chapar.instances;

import io.chapar.instances.Content.Kind;
import io.chapar.instances.Content.Leaf;
import io.chapar.instances.PatternTexts.Length;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Makes of a valid text one that is perhaps not: what senders, their libraries and attackers write. */
final class Spoiling {

    /** Half a surrogate pair, other planes, controls, marks of direction, noncharacters, spaces that are not one. */
    private static final List<String> STRANGERS = List.of(
            "\uD800",
            "\uDC00",
            "\uDC00\uD800",
            "😀",
            "𐐷",
            "𠀀",
            "\u0000",
            "\u0001",
            "\u000B",
            "\u001F",
            "\u007F",
            "\u0085",
            "\u00A0",
            "\u00AD",
            "\u200B",
            "\u200F",
            "\u2028",
            "\u202E",
            "\u2066",
            "\u3000",
            "\uE000",
            "\uFDD0",
            "\uFEFF",
            "\uFFFE",
            "\uFFFF",
            "\uDBFF\uDFFF",
            "\t",
            "\n",
            "\r",
            "\r\n",
            "  ",
            "’",
            "ı",
            "İ",
            "\u0307",
            "٣",
            "Ａ",
            "\"",
            "\\",
            "&amp;",
            "<b>",
            "]]>",
            "%00",
            "\\u0000");

    private static final List<UnaryOperator<String>> OF_TEXT = List.of(
            text -> "",
            text -> " ",
            text -> text + " ",
            text -> " " + text,
            text -> text + "\n",
            text -> "\t" + text,
            text -> text + "\r",
            text -> text.substring(1),
            text -> text.substring(0, text.length() - 1),
            text -> text + text,
            text -> text.toLowerCase(Locale.ROOT),
            text -> text.toUpperCase(Locale.ROOT),
            text -> text.toUpperCase(Locale.forLanguageTag("az")),
            text -> java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD),
            text -> "null",
            text -> "true",
            text -> "0",
            text -> "a".repeat(1001));

    private static final List<UnaryOperator<String>> OF_MOMENT = List.of(
            text -> text.substring(0, 7),
            text -> text.substring(0, 10),
            text -> text.substring(0, 10) + "Z",
            text -> text.replaceFirst("(Z|[+-][0-9:]{5})$", ""),
            text -> text.replaceFirst("(Z|[+-][0-9:]{5})$", "-00:00"),
            text -> text.replaceFirst("(Z|[+-][0-9:]{5})$", "+14:00"),
            text -> text.replaceFirst("(Z|[+-][0-9:]{5})$", "+14:01"),
            text -> text.replaceFirst("(Z|[+-][0-9:]{5})$", "+0400"),
            text -> text.replaceFirst("(Z|[+-][0-9:]{5})$", "+04:00:00"),
            text -> text.replaceFirst("T..:..:..", "T24:00:00"),
            text -> text.replaceFirst("T..:..:..(\\.[0-9]+)?", "T24:00:00"),
            text -> text.replaceFirst(":..(\\.|Z|[+-])", ":60$1"),
            text -> text.replaceFirst("T(..:..):..(\\.[0-9]+)?", "T$1"),
            text -> text.replaceFirst("(\\.[0-9]+)?(Z|[+-][0-9:]{5})$", ".0$2"),
            text -> text.replaceFirst("(\\.[0-9]+)?(Z|[+-][0-9:]{5})$", ".120$2"),
            text -> text.replaceFirst("(\\.[0-9]+)?(Z|[+-][0-9:]{5})$", ".1234567890$2"),
            text -> text.replaceFirst("(\\.[0-9]+)?(Z|[+-][0-9:]{5})$", ".$2"),
            text -> text.replaceFirst("(\\.[0-9]+)?(Z|[+-][0-9:]{5})$", ",5$2"),
            text -> text.toLowerCase(Locale.ROOT),
            text -> text.replace('T', ' '),
            text -> text.replace("-", ""),
            text -> text.replace('-', '\u2010'),
            text -> text.replace('1', '١'),
            text -> "2019-02-29" + text.substring(10),
            text -> "1900-02-29" + text.substring(10),
            text -> "2000-02-29" + text.substring(10),
            text -> "2018-04-31" + text.substring(10),
            text -> "2018-00-10" + text.substring(10),
            text -> "0000-01-01" + text.substring(10),
            text -> "-" + text,
            text -> "1" + text,
            text -> "1899-12-31" + text.substring(10),
            text -> "2200-01-01" + text.substring(10),
            text -> text + "T00:00:00Z");

    private static final List<UnaryOperator<String>> OF_NUMBER = List.of(
            text -> "-" + text,
            text -> "+" + text,
            text -> "0" + text,
            text -> text + ".5",
            text -> text + "0",
            text -> text + "0000000000",
            text -> text + "000000000000000000000000",
            text -> "1",
            text -> "4",
            text -> "0",
            text -> "-1",
            text -> "5",
            text -> "18",
            text -> "366",
            text -> "1000",
            text -> "10485761",
            text -> "1000000000",
            text -> "2147483648",
            text -> "٣",
            text -> "NaN",
            text -> "0x10",
            text -> "");

    private final Random random;

    Spoiling(Random random) {
        this.random = random;
    }

    String spoilt(Leaf leaf, String text) {
        int dice = random.nextInt(10);
        if (dice < 3 && leaf.kind() == Kind.INTEGER) {
            return oneOf(OF_NUMBER).apply(text);
        }
        boolean moment = leaf.kind() == Kind.DATE || leaf.kind() == Kind.DATE_TIME;
        if (dice < 6 && moment) {
            return oneOf(OF_MOMENT).apply(text);
        }
        if (dice < 5) {
            int place = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
            return text.substring(0, place) + oneOf(STRANGERS) + text.substring(place);
        }
        if (dice == 5 && leaf.kind() == Kind.TEXT && leaf.values().isEmpty()) {
            return tooLong(leaf);
        }
        return oneOf(OF_TEXT).apply(text);
    }

    /** One character too many where there is a bound, and the same kind of character as before. */
    private String tooLong(Leaf leaf) {
        String longest = new Instances(random, Instances.Extent.ANY).text(leaf, Length.MOST);
        return longest + longest.charAt(longest.length() - 1);
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
