package io.chapar.attacks;

import java.util.List;

import static io.chapar.message.ProblemCode.MALFORMED;
import static io.chapar.message.ProblemCode.SCHEMA;
import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;

/** Documents that are deep, wide or long: beyond the limits nothing of them is kept, within them they cost little. */
final class XmlSizes {

    static final String KIND = "deep, wide and long documents";

    private XmlSizes() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, KIND);
        if (original.form().isXml()) {
            beyond(cases);
            within(cases, original);
        }
        return cases.all();
    }

    private static void beyond(Cases cases) {
        add(cases, "65 elements deep", "<x>".repeat(65) + "</x>".repeat(65));
        add(cases, "a hundred thousand elements deep, not closed", "<x>".repeat(100_000));
        add(cases, "a hundred thousand elements wide", "<x/>".repeat(100_001));
        add(cases, "an attribute of a megabyte", "<x a=\"" + "y".repeat(1 << 20) + "\"/>");
        add(cases, "an attribute of 8193 characters", "<x a=\"" + "y".repeat(8_193) + "\"/>");
        add(cases, "a namespace of a megabyte", "<x xmlns=\"urn:" + "y".repeat(1 << 20) + "\"/>");
        add(cases, "an element's name of a megabyte", "<" + "y".repeat(1 << 20) + "/>");
        add(cases, "an attribute's name of 257 characters", "<x " + "y".repeat(257) + "=\"\"/>");
        add(cases, "a text of four million characters and one", "y".repeat(4_000_001));
        add(cases, "33 attributes", "<x" + numbered(33, " a%=\"\"") + "/>");
        add(cases, "ten thousand attributes", "<x" + numbered(10_000, " a%=\"\"") + "/>");
        add(cases, "ten thousand namespaces", "<x" + numbered(10_000, " xmlns:a%=\"urn:a%\"") + "/>");
    }

    private static void add(Cases cases, String situation, String part) {
        cases.changed(situation, MALFORMED, text -> text.replaceFirst("<header>", part + "<header>"));
    }

    /** Just inside the limits the signature is computed, and the schema is asked. */
    private static void within(Cases cases, Original original) {
        String document = original.unsigned();
        int above = original.form() == Form.SOAP ? 3 : 1;
        String deep = "<x>".repeat(64 - above) + "</x>".repeat(64 - above);
        String wide = "<x></x>".repeat(50_000);
        String namespaces = "<x" + numbered(32, " xmlns:a%=\"urn:a%\"") + ">";
        cases.signed("as deep as may be, signed", Original.atEnd(document, deep), SCHEMA);
        cases.signed("fifty thousand elements, signed", Original.atEnd(document, wide), SCHEMA);
        cases.signed(
                "fifty thousand headers, signed", Original.atEnd(document, "<header></header>".repeat(50_000)), SCHEMA);
        cases.signed(
                "two thousand namespaces in force, signed",
                Original.atEnd(document, namespaces.repeat(60) + "</x>".repeat(60)),
                SCHEMA);
        cases.signed(
                "a text of a million characters, signed",
                document.replaceFirst("<nonce>", "<nonce>" + "A".repeat(1 << 20)),
                SCHEMA);
        cases.changed(
                "fifty thousand elements, not signed",
                SIGNATURE_INVALID,
                text -> text.replaceFirst("<header>", "<x/>".repeat(50_000) + "<header>"));
    }

    private static String numbered(int count, String part) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(part.replace("%", Integer.toString(i)));
        }
        return text.toString();
    }
}
