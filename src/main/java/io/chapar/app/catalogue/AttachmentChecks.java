package io.chapar.app.catalogue;

import io.chapar.accept.AttachmentLimits;
import io.chapar.message.Agreement;
import io.chapar.schema.DocumentSchema;
import io.chapar.validate.ContentTypes;
import java.util.OptionalInt;

/**
 * Holds the attachments that an agreement allows to what the gateway takes. What could never come is no agreement: senders
 * would be told of it, and refused.
 *
 * @param limits of the gateway
 */
record AttachmentChecks(YamlFile file, Agreement agreement, AttachmentLimits limits, Complaints complaints) {

    private static final String ATTACHMENT = "/attachment";

    void run(DocumentSchema document) {
        Agreement.Attachments agreed = agreement.attachments();
        if (agreed.mediaTypes().isEmpty()) {
            return;
        }
        agreed.mediaTypes().stream()
                .filter(type -> !ContentTypes.isKnown(type))
                .forEach(type -> complain(
                        "/attachments/mediaTypes", "allows " + type + ", whose content the gateway cannot recognise"));
        if (document.kind(ATTACHMENT).isEmpty()) {
            complain("/attachments", "allows attachments, and the schema has no attachment that would name them");
        }
        OptionalInt most = document.most(ATTACHMENT);
        if (most.isPresent() && (agreed.maximumBytes() - 1) / most.getAsInt() >= limits.file()) {
            larger("the schema has at most " + most.getAsInt()
                    + " of them, and chapar.attachments.largest lets each have " + limits.file());
        }
        long beside = limits.together() - limits.document();
        if (agreed.maximumBytes() > beside) {
            larger("chapar.attachments.largest-together leaves " + beside + " beside a document of"
                    + " chapar.attachments.largest-document");
        }
    }

    private void larger(String setting) {
        complain(
                "/attachments/maximumBytes",
                "allows " + agreement.attachments().maximumBytes() + " bytes, but " + setting
                        + "; lower it, or raise the setting");
    }

    private void complain(String pointer, String what) {
        complaints.add(file, pointer, pointer + " " + what);
    }
}
