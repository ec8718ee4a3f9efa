package io.chapar.attacks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.chapar.message.ProblemCode.SIGNATURE_INCOMPLETE;
import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;

/** Transforms that would compute, cut or fetch, and more references and transforms than anybody needs. */
final class Transforms {

    private static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    private static final String FILTER = "http://www.w3.org/2002/06/xmldsig-filter2";
    private static final int HUGE = 10_000;

    private Transforms() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "transforms and canonicalizations");
        if (original.form().isXml()) {
            foreign(original).forEach((name, transform) -> {
                cases.resigned(
                        "first " + name,
                        SIGNATURE_INCOMPLETE,
                        info -> info.replaceFirst("<ds:Transforms>", "$0" + transform));
                cases.resigned(
                        "last " + name,
                        SIGNATURE_INCOMPLETE,
                        info -> info.replaceFirst("</ds:Transforms>", transform + "$0"));
                cases.resigned(
                        "only " + name,
                        SIGNATURE_INCOMPLETE,
                        info -> info.replaceFirst(
                                "<ds:Transforms>.*?</ds:Transforms>",
                                "<ds:Transforms>" + transform + "</ds:Transforms>"));
            });
            order(cases, original);
            canonicalizations(cases);
            huge(cases);
        }
        return cases.all();
    }

    private static Map<String, String> foreign(Original original) {
        String bait = original.cast().bait().toString();
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "XSLT",
                transform(
                        "http://www.w3.org/TR/1999/REC-xslt-19991116",
                        "<xsl:stylesheet xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" version=\"1.0\"><xsl:template"
                                + " match=\"/\"><xsl:copy-of select=\"document('" + bait
                                + "')\"></xsl:copy-of></xsl:template></xsl:stylesheet>"));
        all.put(
                "XPath",
                transform("http://www.w3.org/TR/1999/REC-xpath-19991116", "<ds:XPath>count(//*) &gt; 0</ds:XPath>"));
        for (String filter : List.of("subtract", "intersect", "union")) {
            all.put(
                    "XPath filter " + filter,
                    transform(
                            FILTER, "<f:XPath xmlns:f=\"" + FILTER + "\" Filter=\"" + filter + "\">/*/*[2]</f:XPath>"));
        }
        all.put("XPointer", transform("http://www.w3.org/2001/04/xmldsig-more#xptr", ""));
        all.put("base64", transform(DS + "base64", ""));
        all.put("decryption", transform("http://www.w3.org/2002/07/decrypt#XML", ""));
        all.put(
                "STR",
                transform(
                        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform",
                        ""));
        all.put("none known", transform("urn:example:transform", ""));
        all.put("an empty name", transform("", ""));
        all.put("a URL", transform(bait, ""));
        return all;
    }

    private static String transform(String algorithm, String parameter) {
        return "<ds:Transform Algorithm=\"" + algorithm + "\">" + parameter + "</ds:Transform>";
    }

    private static void order(Cases cases, Original original) {
        cases.resigned(
                "none", SIGNATURE_INCOMPLETE, info -> info.replaceFirst("<ds:Transforms>.*?</ds:Transforms>", ""));
        cases.resigned(
                "an empty list",
                SIGNATURE_INCOMPLETE,
                info -> info.replaceFirst("<ds:Transforms>.*?</ds:Transforms>", "<ds:Transforms></ds:Transforms>"));
        if (original.form().isEnveloped()) {
            String two = "<ds:Transforms>(<ds:Transform .*?</ds:Transform>)(<ds:Transform .*?</ds:Transform>)";
            cases.resigned(
                    "in the wrong order", SIGNATURE_INCOMPLETE, info -> info.replaceFirst(two, "<ds:Transforms>$2$1"));
            cases.resigned(
                    "enveloped-signature only",
                    SIGNATURE_INCOMPLETE,
                    info -> info.replaceFirst(two, "<ds:Transforms>$1"));
            cases.resigned("C14N only", SIGNATURE_INCOMPLETE, info -> info.replaceFirst(two, "<ds:Transforms>$2"));
            cases.resigned(
                    "enveloped-signature twice",
                    SIGNATURE_INCOMPLETE,
                    info -> info.replaceFirst(two, "<ds:Transforms>$1$1$2"));
            cases.resigned(
                    "XPath filter whose ds is another namespace",
                    SIGNATURE_INCOMPLETE,
                    info -> info.replaceFirst(
                            two,
                            "<ds:Transforms>"
                                    + transform(
                                            FILTER,
                                            "<f:XPath xmlns:f=\"" + FILTER
                                                    + "\" Filter=\"subtract\">/descendant::dsig:Signature</f:XPath>")
                                    + "$2"));
        }
    }

    private static void canonicalizations(Cases cases) {
        for (String algorithm : List.of(
                "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
                "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
                "http://www.w3.org/2006/12/xml-c14n11",
                "http://www.w3.org/2010/xml-c14n2",
                DS + "minimal",
                "http://www.w3.org/TR/1999/REC-xslt-19991116",
                "")) {
            cases.resigned(
                    "SignedInfo by '" + algorithm + "'",
                    SIGNATURE_INCOMPLETE,
                    info -> info.replaceFirst("(CanonicalizationMethod Algorithm=\")[^\"]*", "$1" + algorithm));
            cases.resigned(
                    "the content by '" + algorithm + "'",
                    SIGNATURE_INCOMPLETE,
                    info -> info.replaceFirst(
                            "(<ds:Transform Algorithm=\")[^\"]*exc-c14n#\"", "$1" + algorithm + "\""));
        }
    }

    private static void huge(Cases cases) {
        cases.resigned(
                HUGE + " references",
                SIGNATURE_INCOMPLETE,
                info -> info.replaceFirst(
                        "(<ds:Reference .*?</ds:Reference>)",
                        java.util.regex.Matcher.quoteReplacement(
                                "<ds:Reference URI=\"\"></ds:Reference>".repeat(HUGE))));
        cases.resigned(
                HUGE + " transforms",
                SIGNATURE_INCOMPLETE,
                info -> info.replaceFirst(
                        "<ds:Transforms>",
                        "$0"
                                + transform("http://www.w3.org/2001/10/xml-exc-c14n#", "")
                                        .repeat(HUGE)));
        cases.changed(
                HUGE + " objects",
                SIGNATURE_INCOMPLETE,
                text -> text.replace("</ds:Signature>", "<ds:Object/>".repeat(HUGE) + "</ds:Signature>"));
        StringBuilder prefixes = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            prefixes.append(Integer.toString(i, 36)).append(' ');
        }
        cases.resigned(
                "2000 prefixes to be treated inclusively",
                SIGNATURE_INCOMPLETE,
                info -> info.replaceFirst(
                        "(<ds:Transform Algorithm=\"[^\"]*exc-c14n#\">)",
                        "$1<ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\""
                                + prefixes + "\"></ec:InclusiveNamespaces>"));
        cases.changed(
                "SignedInfo left as it is, its digest replaced",
                SIGNATURE_INVALID,
                text -> text.replaceFirst("(<ds:DigestValue>)[^<]{4}", "$1AAAA"));
    }
}
