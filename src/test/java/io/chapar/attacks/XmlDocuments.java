package io.chapar.attacks;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.chapar.message.ProblemCode.EXCHANGE_MISMATCH;
import static io.chapar.message.ProblemCode.MALFORMED;
import static io.chapar.message.ProblemCode.SCHEMA;
import static io.chapar.message.ProblemCode.SIGNATURE_INCOMPLETE;
import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;

/** XML that defines, includes or fetches something, or is none. */
final class XmlDocuments {

    private static final String XSI = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ";

    private XmlDocuments() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "DOCTYPE, entities and what lies outside");
        if (original.form().isXml()) {
            String root = original.text().replaceFirst("(?s)^<([^\\s>]+).*$", "$1");
            doctypes(root, original.cast().bait())
                    .forEach((name, doctype) -> cases.changed(name, MALFORMED, text -> doctype + text));
            for (String entity :
                    List.of("&x;", "&#0;", "&#1;", "&#xFFFE;", "&#xD800;", "&#x110000;", "&", "&amp", "&#;")) {
                cases.changed(
                        "reference " + entity,
                        MALFORMED,
                        text -> text.replaceFirst("<messageId>", "<messageId>" + entity));
            }
            outside(cases, original);
            illFormed(cases, root);
        }
        return cases.all();
    }

    private static Map<String, String> doctypes(String root, URI bait) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("a DOCTYPE", "<!DOCTYPE " + root + ">");
        all.put("an empty DOCTYPE", "<!DOCTYPE " + root + " []>");
        all.put("a DOCTYPE behind a comment", "<!-- x --><!DOCTYPE " + root + ">");
        all.put("a DOCTYPE behind a declaration", "<?xml version=\"1.0\"?>\n<!DOCTYPE " + root + ">");
        all.put("a DOCTYPE in small letters", "<!doctype " + root + ">");
        all.put("a DTD at a URL", "<!DOCTYPE " + root + " SYSTEM \"" + bait + "\">");
        all.put("a public DTD at a URL", "<!DOCTYPE " + root + " PUBLIC \"x\" \"" + bait + "\">");
        all.put("a DTD in a file", "<!DOCTYPE " + root + " SYSTEM \"file:///etc/hostname\">");
        Map<String, String> declarations = new LinkedHashMap<>();
        declarations.put("an entity", "<!ENTITY x \"y\">");
        declarations.put("an entity in a file", "<!ENTITY x SYSTEM \"file:///etc/hostname\">");
        declarations.put("an entity at a URL", "<!ENTITY x SYSTEM \"" + bait + "\">");
        declarations.put("an entity from a jar", "<!ENTITY x SYSTEM \"jar:" + bait + "!/x\">");
        declarations.put("a parameter entity at a URL", "<!ENTITY % x SYSTEM \"" + bait + "\"> %x;");
        declarations.put(
                "a parameter entity that sends a file",
                "<!ENTITY % f SYSTEM \"file:///etc/hostname\"><!ENTITY % x SYSTEM \"" + bait + "\"> %x;");
        StringBuilder laughs = new StringBuilder("<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        declarations.put("a billion laughs", laughs.toString());
        declarations.put("one long entity", "<!ENTITY x \"" + "y".repeat(100_000) + "\">");
        declarations.put("an entity that holds itself", "<!ENTITY x \"&x;\">");
        declarations.put("an attribute by default", "<!ATTLIST header Id ID #FIXED \"chapar-body\">");
        declarations.put("an id", "<!ATTLIST header x ID #IMPLIED>");
        declarations.put("a notation", "<!NOTATION x SYSTEM \"" + bait + "\">");
        declarations.put("an element", "<!ELEMENT " + root + " ANY>");
        declarations.forEach((name, declaration) ->
                all.put("a DOCTYPE with " + name, "<!DOCTYPE " + root + " [" + declaration + "]>"));
        return all;
    }

    /** Signed by its sender, or put there by somebody else: nobody looks outside for either. */
    private static void outside(Cases cases, Original original) {
        String bait = original.cast().bait().toString();
        String include = "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + bait
                + "\" parse=\"text\"></xi:include>";
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("xml:base", "xml:base=\"" + bait + "\"");
        attributes.put("xml:lang", "xml:lang=\"az\"");
        attributes.put("xml:space", "xml:space=\"preserve\"");
        attributes.put("xsi:type", XSI + "xsi:type=\"xs:anyType\"");
        attributes.put("xsi:type of its own", XSI + "xsi:type=\"" + original.root() + "\"");
        attributes.put("xsi:nil", XSI + "xsi:nil=\"true\"");
        attributes.put("xsi:nil false", XSI + "xsi:nil=\"false\"");
        attributes.put("an attribute", "evil=\"1\"");
        String document = original.unsigned();
        attributes.forEach((name, attribute) -> {
            cases.signed(name + ", signed", Original.atRoot(document, attribute), SCHEMA);
            cases.signed(
                    name + " of the header, signed",
                    document.replaceFirst("<header>", "<header " + attribute + ">"),
                    SCHEMA);
            cases.changed(
                    name + ", not signed",
                    SIGNATURE_INVALID,
                    text -> text.replaceFirst("<header>", "<header " + attribute + ">"));
        });
        cases.changed(
                "xml:base on the signature",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst("<ds:Signature ", "<ds:Signature xml:base=\"" + bait + "\" "));
        for (String hint : List.of(
                "xsi:schemaLocation=\"urn:x " + bait + "\"", "xsi:noNamespaceSchemaLocation=\"" + bait + "\"")) {
            cases.harmlesslySigned(
                    "a schema at a URL, signed: " + hint.replaceFirst("=.*", ""),
                    Original.atRoot(document, XSI + hint));
            cases.changed(
                    "a schema at a URL, not signed: " + hint.replaceFirst("=.*", ""),
                    SIGNATURE_INVALID,
                    text -> text.replaceFirst("<header>", "<header " + XSI + hint + ">"));
        }
        cases.signed("XInclude, signed", Original.atEnd(document, include), SCHEMA);
        cases.signed(
                "XInclude in a value, signed", document.replaceFirst("</messageId>", include + "</messageId>"), SCHEMA);
        cases.signed(
                "XInclude as the exchange, signed",
                document.replaceFirst("<exchange>.*?</exchange>", "<exchange>" + include + "</exchange>"),
                EXCHANGE_MISMATCH);
        cases.changed(
                "XInclude, not signed", SIGNATURE_INVALID, text -> text.replaceFirst("<header>", include + "<header>"));
        cases.signed("an element of another namespace", Original.atEnd(document, "<x xmlns=\"urn:x\"></x>"), SCHEMA);
        cases.signed("an element without namespace", Original.atEnd(document, "<x xmlns=\"\"></x>"), SCHEMA);
        cases.signed("text between elements", Original.atEnd(document, "x"), SCHEMA);
        cases.signed(
                "a header in another namespace",
                document.replaceFirst("<header>", "<header xmlns=\"urn:x\">"),
                SCHEMA,
                EXCHANGE_MISMATCH);
    }

    private static void illFormed(Cases cases, String root) {
        cases.changed("nothing", MALFORMED, text -> " ");
        cases.changed("two roots", MALFORMED, text -> text + "<x/>");
        cases.changed("text behind the root", MALFORMED, text -> text + "x");
        cases.changed("NUL behind the root", MALFORMED, text -> text + "\u0000");
        cases.changed("NUL in a value", MALFORMED, text -> text.replaceFirst("<messageId>", "<messageId>\u0000"));
        cases.changed("a control character", MALFORMED, text -> text.replaceFirst("<messageId>", "<messageId>\u0008"));
        cases.changed("a noncharacter", MALFORMED, text -> text.replaceFirst("<messageId>", "<messageId>\uFFFE"));
        cases.changed("a mark inside the root's name", MALFORMED, text -> text.replaceFirst("^<", "<\uFEFF"));
        cases.changed("cut off", MALFORMED, text -> text.substring(0, text.length() - 2));
        cases.changed("a prefix without namespace", MALFORMED, text -> text.replaceFirst("<header>", "<p:x/><header>"));
        cases.changed(
                "an attribute twice", MALFORMED, text -> text.replaceFirst("<header>", "<header a=\"1\" a=\"2\">"));
        cases.changed(
                "an attribute twice by its namespace",
                MALFORMED,
                text -> text.replaceFirst(
                        "<header>", "<header xmlns:p=\"urn:x\" xmlns:q=\"urn:x\" p:a=\"1\" q:a=\"2\">"));
        for (String namespace : List.of(
                "xmlns:p=\"x\"",
                "xmlns:p=\"../x\"",
                "xmlns:p=\"\"",
                "xmlns=\"x\"",
                "xmlns:p=\":x\"",
                "xmlns:xmlns=\"urn:x\"",
                "xmlns:xml=\"urn:x\"",
                "xmlns:p=\"http://www.w3.org/2000/xmlns/\"")) {
            cases.changed(
                    "namespace " + namespace,
                    MALFORMED,
                    text -> text.replaceFirst("<header>", "<header " + namespace + ">"));
        }
        cases.changed("a lower version", MALFORMED, text -> "<?xml version=\"0.9\"?>" + text);
        cases.changed("XML 1.1", MALFORMED, text -> "<?xml version=\"1.1\"?>" + text);
        cases.changed("XML 2.0", MALFORMED, text -> "<?xml version=\"2.0\"?>" + text);
        cases.changed("two declarations", MALFORMED, text -> "<?xml version=\"1.0\"?><?xml version=\"1.0\"?>" + text);
        cases.changed("a declaration that comes late", MALFORMED, text -> " <?xml version=\"1.0\"?>" + text);
        cases.changed("a declaration with more", MALFORMED, text -> "<?xml version=\"1.0\" evil=\"1\"?>" + text);
        cases.changed(
                "a declaration of a thousand blanks",
                MALFORMED,
                text -> "<?xml" + " ".repeat(1_000) + "version=\"1.0\"?>" + text);
        cases.changed(
                "an end tag of another case", MALFORMED, text -> text.replaceFirst("</" + root + ">\\s*$", "</X>"));
        cases.changed("CDATA that does not end", MALFORMED, text -> text.replaceFirst("<header>", "<![CDATA[<header>"));
        cases.changed("a comment that does not end", MALFORMED, text -> text.replaceFirst("<header>", "<!--<header>"));
        cases.changed(
                "two hyphens in a comment", MALFORMED, text -> text.replaceFirst("<header>", "<!-- -- --><header>"));
    }
}
