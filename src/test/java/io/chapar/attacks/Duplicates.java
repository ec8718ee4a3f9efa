package io.chapar.attacks;

import java.util.List;

import static io.chapar.message.ProblemCode.SCHEMA;
import static io.chapar.message.ProblemCode.SIGNATURE_INCOMPLETE;
import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;

/** Ids that could mean two elements, in every spelling that some reader takes for an id. */
final class Duplicates {

    private static final String WSU =
            " xmlns:wsu=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd\"";

    private Duplicates() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "duplicated ids");
        if (original.form().isXml()) {
            for (String attribute : List.of("Id", "ID", "id", "iD", "xml:id", "wsu:Id")) {
                String declared = attribute.startsWith("wsu") ? WSU + " " : " ";
                each(cases, original, declared + attribute);
            }
        }
        return cases.all();
    }

    private static void each(Cases cases, Original original, String attribute) {
        switch (original.form()) {
            case XML -> {
                cases.changed(
                        "the signature's in" + attribute,
                        SIGNATURE_INVALID,
                        text -> text.replaceFirst("<header>", "<header" + attribute + "=\"chapar-signature\">"));
                cases.signed(
                        "signed," + attribute,
                        original.unsigned().replaceFirst("<header>", "<header" + attribute + "=\"chapar-signature\">"),
                        SCHEMA);
            }
            case XADES -> {
                for (String id : List.of("chapar-signed-properties", "chapar-signature", "chapar-content")) {
                    String with = "<header" + attribute + "=\"" + id + "\">";
                    cases.changed(
                            id + " in" + attribute, SIGNATURE_INCOMPLETE, text -> text.replaceFirst("<header>", with));
                    cases.signed(
                            id + " signed in" + attribute,
                            original.unsigned().replaceFirst("<header>", with),
                            SIGNATURE_INCOMPLETE);
                }
            }
            default -> {
                for (String id : List.of("chapar-body", "chapar-timestamp", "chapar-certificate")) {
                    String with = "<header" + attribute + "=\"" + id + "\">";
                    cases.changed(
                            id + " in" + attribute, SIGNATURE_INCOMPLETE, text -> text.replaceFirst("<header>", with));
                    cases.signed(
                            id + " signed in" + attribute,
                            original.unsigned().replaceFirst("<header>", with),
                            SIGNATURE_INCOMPLETE);
                }
            }
        }
    }
}
