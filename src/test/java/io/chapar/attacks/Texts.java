package io.chapar.attacks;

import java.util.List;

import static io.chapar.message.ProblemCode.EXCHANGE_MISMATCH;
import static io.chapar.message.ProblemCode.MALFORMED;
import static io.chapar.message.ProblemCode.SCHEMA;
import static io.chapar.message.ProblemCode.SENDER_MISMATCH;

/** Comments, CDATA and processing instructions inside text: whoever reads up to them reads half a value. */
final class Texts {

    private Texts() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "comments and instructions in text");
        if (original.form().isXml()) {
            unsigned(cases);
            signed(cases, original.unsigned());
        }
        return cases.all();
    }

    /** C14N leaves comments out, so these verify; the value must be the whole one. */
    private static void unsigned(Cases cases) {
        String value = "<messageId>(....)(.*?)</messageId>";
        cases.harmlesslyChanged(
                "a comment in a value", text -> text.replaceFirst(value, "<messageId>$1<!-- x -->$2</messageId>"));
        cases.harmlesslyChanged(
                "an empty comment at the end of a value",
                text -> text.replaceFirst(value, "<messageId>$1$2<!----></messageId>"));
        cases.harmlesslyChanged(
                "a comment that looks like an element",
                text -> text.replaceFirst(value, "<messageId>$1<!--</messageId><messageId>-->$2</messageId>"));
        cases.harmlesslyChanged(
                "CDATA in a value", text -> text.replaceFirst(value, "<messageId>$1<![CDATA[$2]]></messageId>"));
        cases.harmlesslyChanged(
                "empty CDATA in a value", text -> text.replaceFirst(value, "<messageId>$1<![CDATA[]]>$2</messageId>"));
        cases.harmlesslyChanged(
                "a character as a reference",
                text -> text.replaceFirst("<messageId>(.)", "<messageId><!----><![CDATA[$1]]>"));
        cases.harmlesslyChanged("a comment before the root", text -> "<!-- x -->" + text);
        cases.harmlesslyChanged("a comment behind the root", text -> text + "<!-- x -->");
        cases.harmlesslyChanged(
                "a comment in the signature's value",
                text -> text.replaceFirst("<ds:SignatureValue>(....)", "<ds:SignatureValue>$1<!-- x -->"));
        cases.harmlesslyChanged(
                "a comment in the digest's value",
                text -> text.replaceFirst("<ds:DigestValue>(....)", "<ds:DigestValue>$1<!-- x -->"));
        for (String target : List.of("x", "php", "xml-stylesheet")) {
            String instruction = "<?" + target + " y?>";
            cases.changed(
                    "an instruction in a value: " + target,
                    MALFORMED,
                    text -> text.replaceFirst(
                            value,
                            "<messageId>$1" + java.util.regex.Matcher.quoteReplacement(instruction)
                                    + "$2</messageId>"));
            cases.changed("an instruction before the root: " + target, MALFORMED, text -> instruction + text);
            cases.changed("an instruction behind the root: " + target, MALFORMED, text -> text + instruction);
        }
    }

    /** Signed so by the sender: what is compared afterwards is the whole text, too. */
    private static void signed(Cases cases, String document) {
        cases.signed(
                "a sender that continues behind a comment",
                document.replaceFirst("</sender>", "<!-- x -->X</sender>"),
                SENDER_MISMATCH,
                SCHEMA);
        cases.signed(
                "a sender that begins before a comment",
                document.replaceFirst("<sender>", "<sender>X<!-- x -->"),
                SENDER_MISMATCH,
                SCHEMA);
        cases.signed(
                "an exchange that continues behind a comment",
                document.replaceFirst("</exchange>", "<!-- x -->-x</exchange>"),
                EXCHANGE_MISMATCH);
        cases.signed(
                "a version that continues in CDATA",
                document.replaceFirst("</version>", "<![CDATA[1]]></version>"),
                EXCHANGE_MISMATCH);
        cases.signed("a sender twice", document.replaceFirst("<sender>", "<sender>X</sender><sender>"), SCHEMA);
        cases.signed(
                "a header twice", document.replaceFirst("<header>", "<header/><header>"), SCHEMA, EXCHANGE_MISMATCH);
    }
}
