package io.chapar.attacks;

import io.chapar.trust.PartialSignatures;
import java.util.List;

import static io.chapar.message.ProblemCode.SIGNATURE_INCOMPLETE;
import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;
import static io.chapar.message.ProblemCode.SIGNATURE_MISSING;

/** Signatures that cover less than all, and more signatures than one. */
final class Coverage {

    private Coverage() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "parts and several signatures");
        switch (original.form()) {
            case XML, XADES -> enveloped(cases, original);
            case SOAP -> envelope(cases, original);
            case JSON -> {}
        }
        return cases.all();
    }

    private static void enveloped(Cases cases, Original original) {
        String signature = original.signature();
        Author other = original.cast().other();
        String others = new String(
                        other.signer().xml("<a/>".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        java.nio.charset.StandardCharsets.UTF_8)
                .replaceFirst("(?s)^<a>(.*)</a>$", "$1");
        cases.changed("no signature", SIGNATURE_MISSING, text -> original.unsigned());
        cases.changed("a hole cut by XPath", SIGNATURE_INCOMPLETE, text -> original.withAHole());
        cases.changed(
                "the signature twice", SIGNATURE_INCOMPLETE, text -> text.replace(signature, signature + signature));
        cases.changed("another's beside it", SIGNATURE_INCOMPLETE, text -> text.replace(signature, others + signature));
        cases.changed("another's behind it", SIGNATURE_INCOMPLETE, text -> text.replace(signature, signature + others));
        cases.changed(
                "another's inside it",
                SIGNATURE_INCOMPLETE,
                text -> text.replace("</ds:Signature>", "<ds:Object>" + others + "</ds:Object></ds:Signature>"));
        cases.changed(
                "an empty one inside the document",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst(
                        "<header>", "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/><header>"));
        cases.changed(
                "a Manifest",
                SIGNATURE_INCOMPLETE,
                text -> text.replace("</ds:Signature>", "<ds:Object><ds:Manifest/></ds:Object></ds:Signature>"));
        cases.changed(
                "attributes on the signature",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst("<ds:Signature ", "<ds:Signature evil=\"1\" "));
        if (original.form() == Form.XADES) {
            properties(cases);
        }
    }

    private static void properties(Cases cases) {
        cases.resigned(
                "only the properties",
                SIGNATURE_INCOMPLETE,
                info -> info.replaceFirst("<ds:Reference Id=.*?</ds:Reference>", ""));
        cases.resigned(
                "not the properties",
                SIGNATURE_INCOMPLETE,
                info -> info.replaceFirst("<ds:Reference Type=.*?</ds:Reference>", ""));
        cases.changed(
                "another signing time",
                SIGNATURE_INVALID,
                text -> text.replaceFirst("(<xades:SigningTime>)20", "$119"));
        cases.changed(
                "unsigned properties",
                SIGNATURE_INCOMPLETE,
                text -> text.replace(
                        "</xades:QualifyingProperties>", "<xades:UnsignedProperties/></xades:QualifyingProperties>"));
        cases.changed(
                "properties of another signature",
                SIGNATURE_INCOMPLETE,
                text -> text.replace("Target=\"#chapar-signature\"", "Target=\"#other\""));
        cases.changed(
                "properties twice",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst("(<xades:SignedProperties.*</xades:SignedProperties>)", "$1$1"));
        cases.changed(
                "properties without the certificate",
                SIGNATURE_INVALID,
                text -> text.replaceFirst("<xades:SigningCertificateV2>.*</xades:SigningCertificateV2>", ""));
    }

    private static void envelope(Cases cases, Original original) {
        String body = "<ds:Reference URI=\"#chapar-body\".*?</ds:Reference>";
        String timestamp = "<ds:Reference URI=\"#chapar-timestamp\".*?</ds:Reference>";
        cases.resigned("the timestamp only", SIGNATURE_INCOMPLETE, info -> info.replaceFirst(body, ""));
        cases.resigned("the body only", SIGNATURE_INCOMPLETE, info -> info.replaceFirst(timestamp, ""));
        cases.resigned(
                "the timestamp twice",
                SIGNATURE_INCOMPLETE,
                info -> info.replaceFirst(body + "(" + timestamp + ")", "$1$1"));
        cases.resigned(
                "the body three times", SIGNATURE_INCOMPLETE, info -> info.replaceFirst("(" + body + ")", "$1$1$1"));
        cases.resigned(
                "the token, too",
                SIGNATURE_INCOMPLETE,
                info -> info.replaceFirst("(" + body + ")", "$1")
                        .replaceFirst(
                                "(<ds:Reference URI=\"#chapar-)body(\".*?</ds:Reference>)", "$1certificate$2$1body$2"));
        cases.changed(
                "a signature in the body",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst(
                        "<header>", "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/><header>"));
        cases.changed(
                "the signature twice",
                SIGNATURE_INCOMPLETE,
                text -> text.replace(original.signature(), original.signature() + original.signature()));
        cases.changed(
                "an object in the signature",
                SIGNATURE_INCOMPLETE,
                text -> text.replace("</ds:Signature>", "<ds:Object/></ds:Signature>"));
        cases.changed(
                "signed by another, shown as one's own",
                SIGNATURE_INVALID,
                text -> PartialSignatures.again(
                        text, info -> info, original.cast().other()::sign));
    }
}
