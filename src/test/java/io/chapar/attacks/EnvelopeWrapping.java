package io.chapar.attacks;

import java.util.List;
import java.util.function.UnaryOperator;

import static io.chapar.message.ProblemCode.MALFORMED;
import static io.chapar.message.ProblemCode.SIGNATURE_INCOMPLETE;
import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;
import static io.chapar.message.ProblemCode.SIGNATURE_MISSING;

/** A signed body that is moved to where it does not matter, with another in its place. */
final class EnvelopeWrapping {

    private static final String WSU =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

    private EnvelopeWrapping() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "signature wrapping");
        if (original.form() == Form.SOAP) {
            body(cases, original);
            timestamp(cases);
            header(cases);
            references(cases);
        }
        return cases.all();
    }

    private static void body(Cases cases, Original original) {
        String body = original.text()
                .substring(
                        original.text().indexOf("<soap:Body"), original.text().indexOf("</soap:Body>") + 12);
        String start = "<soap:Body wsu:Id=\"chapar-body\">";
        String evil = "<soap:Body>" + original.otherwise() + "</soap:Body>";
        String other = evil.replace("<soap:Body>", "<soap:Body wsu:Id=\"other\">");
        String same = evil.replace("<soap:Body>", start);
        for (String place : List.of(evil, other)) {
            String name = place.equals(evil) ? "one without id" : "one with another id";
            moved(
                    cases,
                    "the header, " + name,
                    body,
                    place,
                    text -> text.replace("</soap:Header>", body + "</soap:Header>"));
            moved(
                    cases,
                    "an element of the header, " + name,
                    body,
                    place,
                    text -> text.replace(
                            "</soap:Header>", "<w soap:mustUnderstand=\"false\">" + body + "</w></soap:Header>"));
            moved(
                    cases,
                    "the Security header, " + name,
                    body,
                    place,
                    text -> text.replace("</wsse:Security>", "<w>" + body + "</w></wsse:Security>"));
            moved(
                    cases,
                    "an Object of the signature, " + name,
                    body,
                    place,
                    text -> text.replace("</ds:Signature>", "<ds:Object>" + body + "</ds:Object></ds:Signature>"));
        }
        moved(
                cases,
                "the header, one with the same id",
                body,
                same,
                text -> text.replace("</soap:Header>", body + "</soap:Header>"));
        cases.changed(
                "the signed body in the body",
                SIGNATURE_INCOMPLETE,
                text -> text.replace(body, Original.atEnd(evil, "").replace("</header>", "</header>" + body)));
        cases.changed("another body before it", MALFORMED, text -> text.replace(body, evil + body));
        cases.changed("another body behind it", MALFORMED, text -> text.replace(body, body + evil));
        cases.changed(
                "another content before it", MALFORMED, text -> text.replace(start, start + original.otherwise()));
        cases.changed(
                "another content behind it",
                MALFORMED,
                text -> text.replace("</soap:Body>", original.otherwise() + "</soap:Body>"));
        cases.changed(
                "something behind the body",
                MALFORMED,
                text -> text.replace("</soap:Envelope>", "<x/></soap:Envelope>"));
        cases.changed("text in the body", MALFORMED, text -> text.replace("</soap:Body>", "x</soap:Body>"));
        cases.changed("an empty body", MALFORMED, text -> text.replace(body, start + "</soap:Body>"));
        cases.changed(
                "a body of the other version of SOAP",
                MALFORMED,
                text -> text.replace("<soap:Body", "<s:Body xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"")
                        .replace("</soap:Body>", "</s:Body>"));
        cases.changed(
                "an envelope of the other version of SOAP",
                SIGNATURE_INVALID,
                text -> text.replace(
                        "http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/"));
        cases.changed("no envelope", MALFORMED, text -> original.unsigned());
        cases.changed(
                "an envelope in the body",
                SIGNATURE_INCOMPLETE,
                text -> text.replace(body, start + text + "</soap:Body>"));
    }

    private static void moved(Cases cases, String where, String body, String inItsPlace, UnaryOperator<String> move) {
        cases.changed(
                "the signed body in " + where + " in its place",
                SIGNATURE_INCOMPLETE,
                text -> move.apply(text.replace(body, "\u0001")).replace("\u0001", inItsPlace));
    }

    private static void timestamp(Cases cases) {
        String another = "<wsu:Timestamp><wsu:Created>2026-11-23T10:00:00Z</wsu:Created></wsu:Timestamp>";
        cases.changed(
                "the signed timestamp elsewhere, another in its place",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst(
                        "(?s)(<wsu:Timestamp.*?</wsu:Timestamp>)(.*)</soap:Header>",
                        another + "$2<w>$1</w></soap:Header>"));
        cases.changed(
                "two timestamps",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst("<wsu:Timestamp", another + "<wsu:Timestamp"));
        cases.changed(
                "no timestamp",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst("<wsu:Timestamp.*?</wsu:Timestamp>", ""));
        cases.changed("another time", SIGNATURE_INVALID, text -> text.replaceFirst("(<wsu:Expires>)20", "$130"));
    }

    private static void header(Cases cases) {
        String signature = "(?s)(<ds:Signature .*?</ds:Signature>)";
        cases.changed(
                "the signature outside the Security header",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst(signature + "</wsse:Security>", "</wsse:Security>$1")
                        .replace("<soap:Header>", "<soap:Header xmlns:wsse=\"" + WSSE + "\">"));
        cases.changed("no signature", SIGNATURE_MISSING, text -> text.replaceFirst(signature, ""));
        cases.changed(
                "no Security header",
                SIGNATURE_MISSING,
                text -> text.replaceFirst("(?s)<wsse:Security .*</wsse:Security>", ""));
        cases.changed(
                "no header", SIGNATURE_MISSING, text -> text.replaceFirst("(?s)<soap:Header>.*</soap:Header>", ""));
        cases.changed(
                "two Security headers",
                SIGNATURE_INCOMPLETE,
                text -> text.replace(
                        "<soap:Header>",
                        "<soap:Header><wsse:Security xmlns:wsse=\"" + WSSE + "\" soap:role=\"urn:other\"/>"));
        for (String part : List.of(
                "<wsse:UsernameToken><wsse:Username>MH</wsse:Username></wsse:UsernameToken>",
                "<wsse:BinarySecurityToken>AAAA</wsse:BinarySecurityToken>",
                "<xenc:EncryptedKey xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/>",
                "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>",
                "<wsse11:SignatureConfirmation xmlns:wsse11=\"urn:x\"/>")) {
            cases.changed(
                    "beside the signature " + part.replaceFirst("^<([^\\s>]+).*$", "$1"),
                    SIGNATURE_INCOMPLETE,
                    text -> text.replaceFirst("<wsu:Timestamp", part + "<wsu:Timestamp"));
        }
    }

    private static void references(Cases cases) {
        String body = "URI=\"#chapar-body\"";
        for (String uri : List.of("", "#", "#xpointer(/)", "#xpointer(id('chapar-body'))", "#chapar-content")) {
            cases.resigned(
                    "the body referred to by '" + uri + "'",
                    SIGNATURE_INCOMPLETE,
                    info -> info.replaceFirst(body, "URI=\"" + uri + "\""));
        }
        cases.resigned(
                "the content referred to instead of the body",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst("<header>", "<header xmlns:wsu=\"" + WSU + "\" wsu:Id=\"content\">"),
                info -> info.replaceFirst(body, "URI=\"#content\""));
    }
}
