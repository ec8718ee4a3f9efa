package io.chapar.attacks;

import java.util.List;

import static io.chapar.message.ProblemCode.SIGNATURE_INCOMPLETE;
import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;

/** An enveloped signature that is right, about a document that is not the one that would be used. */
final class Wrapping {

    private Wrapping() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "signature wrapping");
        if (original.form().isEnveloped()) {
            around(cases, original);
            references(cases, original);
        }
        return cases.all();
    }

    private static void around(Cases cases, Original original) {
        String signature = original.signature();
        String signed = original.text();
        String bare = signed.replace(signature, "");
        String evil = original.otherwise();
        String object = signature.replace("</ds:Signature>", "<ds:Object>" + bare + "</ds:Object></ds:Signature>");
        cases.changed(
                "signed document as last child of another one",
                SIGNATURE_INCOMPLETE,
                text -> Original.atEnd(evil, signed));
        cases.changed(
                "signed document as first child of another one",
                SIGNATURE_INCOMPLETE,
                text -> Original.atBeginning(evil, signed));
        cases.changed(
                "signed document as a child, its signature moved to the other",
                SIGNATURE_INVALID,
                text -> Original.atEnd(evil, bare + signature));
        cases.changed(
                "signed document in an Object of the signature, another around it",
                SIGNATURE_INCOMPLETE,
                text -> Original.atEnd(evil, object));
        cases.changed(
                "signed document in an Object inside a wrapper",
                SIGNATURE_INCOMPLETE,
                text -> Original.atEnd(evil, "<wrapper>" + object + "</wrapper>"));
        cases.changed(
                "signed document beside the signature, both in a wrapper",
                SIGNATURE_INCOMPLETE,
                text -> Original.atEnd(evil, "<wrapper>" + bare + signature + "</wrapper>"));
        cases.changed(
                "signed document in an Object of a signature that is the root", SIGNATURE_INCOMPLETE, text -> object);
        cases.changed("signature alone", SIGNATURE_INCOMPLETE, text -> signature);
        cases.changed("signature of another content", SIGNATURE_INVALID, text -> Original.atEnd(evil, signature));
        cases.changed(
                "signature first instead of last", SIGNATURE_INCOMPLETE, text -> Original.atBeginning(bare, signature));
        cases.changed(
                "signature deeper in the document",
                SIGNATURE_INCOMPLETE,
                text -> bare.replaceFirst("</header>", signature + "</header>"));
        cases.changed("text behind the signature", SIGNATURE_INCOMPLETE, text -> Original.atEnd(signed, "x"));
        cases.changed("an element behind the signature", SIGNATURE_INCOMPLETE, text -> Original.atEnd(signed, "<x/>"));
        cases.changed("white space behind the signature", SIGNATURE_INVALID, text -> Original.atEnd(signed, "\n"));
        cases.changed(
                "another element as root",
                SIGNATURE_INCOMPLETE,
                text -> "<evil xmlns=\"urn:evil\">" + signed + "</evil>");
        cases.changed(
                "root with another prefix",
                SIGNATURE_INVALID,
                text -> text.replaceFirst("^<" + original.root() + " xmlns=", "<p:" + original.root() + " xmlns:p=")
                        .replaceFirst("</" + original.root() + ">\\s*$", "</p:" + original.root() + ">"));
        cases.changed("root in another namespace", SIGNATURE_INVALID, text -> text.replaceFirst(":1.0\"", ":1.1\""));
        cases.changed(
                "the namespace of the signature is another",
                io.chapar.message.ProblemCode.SIGNATURE_MISSING,
                text -> text.replaceFirst("2000/09/xmldsig#\"", "2000/09/xmldsig\""));
    }

    private static void references(Cases cases, Original original) {
        for (String uri : List.of(
                "#part",
                "#xpointer(/)",
                "#xpointer(id('part'))",
                "#xpointer(//header)",
                "#",
                " ",
                "file:///etc/hostname",
                original.cast().bait() + "document.xml",
                "cid:document",
                "?",
                "%23part")) {
            cases.resigned(
                    "reference to " + uri.replaceFirst("^http.*", "a URL"),
                    SIGNATURE_INCOMPLETE,
                    info -> info.replaceFirst("URI=\"\"", "URI=\"" + uri + "\""));
        }
        cases.resigned("reference without URI", SIGNATURE_INCOMPLETE, info -> info.replaceFirst(" URI=\"\"", ""));
        cases.resigned(
                "reference twice",
                SIGNATURE_INCOMPLETE,
                info -> info.replaceFirst("(<ds:Reference .*?</ds:Reference>)", "$1$1"));
        cases.resigned(
                "reference of the type Manifest",
                SIGNATURE_INCOMPLETE,
                info -> info.replaceFirst("(URI=\"\")", "Type=\"http://www.w3.org/2000/09/xmldsig#Manifest\" $1"));
        cases.resigned(
                "no reference", SIGNATURE_INCOMPLETE, info -> info.replaceAll("<ds:Reference .*</ds:Reference>", ""));
        cases.resigned(
                "reference to an element that the document names by an id",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst("<header>", "<header Id=\"part\">"),
                info -> info.replaceFirst("URI=\"\"", "URI=\"#part\""));
        cases.resigned(
                "reference to an Object of the signature that holds the document",
                SIGNATURE_INCOMPLETE,
                text -> text.replaceFirst(
                        "</ds:Signature>",
                        "<ds:Object Id=\"part\">" + original.unsigned() + "</ds:Object></ds:Signature>"),
                info -> info.replaceFirst("URI=\"\"", "URI=\"#part\""));
    }
}
