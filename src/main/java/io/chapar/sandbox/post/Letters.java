package io.chapar.sandbox.post;

import io.chapar.message.Passage;
import io.chapar.message.Signer;
import io.chapar.trust.HardenedJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes and signs drafts, as the gateway's public interface wants them. */
public final class Letters {

    private static final String RECEIPT = "application/jose";

    private Letters() {}

    public static Letter of(Draft draft, Form form, Signer signer) {
        String code = draft.exchange().exchange();
        String rest = "/api/v1/exchanges/" + code;
        return switch (form) {
            case REST_JSON -> {
                byte[] document = HardenedJson.write(draft.content());
                String jws = signer.detachedJws(document);
                yield draft.attachments().isEmpty()
                        ? letter(draft, rest, "application/json", RECEIPT, Optional.of(jws), document)
                        : multipart(draft, rest, "application/json", document, "X-JWS-Signature: " + jws + "\r\n");
            }
            case REST_XML -> {
                byte[] document = signer.xml(Documents.xml(draft.exchange(), draft.content()));
                yield draft.attachments().isEmpty()
                        ? letter(draft, rest, "application/xml", RECEIPT, Optional.empty(), document)
                        : multipart(draft, rest, "application/xml", document, "");
            }
            case SOAP -> {
                byte[] document = Documents.xml(draft.exchange(), draft.content());
                yield letter(
                        draft,
                        "/ws/" + code,
                        "text/xml; charset=utf-8",
                        "text/xml",
                        Optional.empty(),
                        signer.envelope(document, false));
            }
        };
    }

    private static Letter letter(
            Draft draft, String path, String contentType, String accept, Optional<String> signature, byte[] body) {
        return new Letter(
                draft.sender(),
                draft.exchange().exchange(),
                draft.messageId(),
                path,
                contentType,
                accept,
                signature,
                body);
    }

    /** RFC 2387: the signed document first, then the files that it names by contentId. */
    private static Letter multipart(Draft draft, String path, String type, byte[] document, String signatureLine) {
        String boundary = "chapar-" + draft.messageId();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(
                body,
                "--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-ID: <document>\r\n" + signatureLine
                        + "\r\n");
        body.writeBytes(document);
        for (Passage.Attachment attachment : draft.attachments()) {
            text(
                    body,
                    "\r\n--" + boundary + "\r\nContent-Type: " + attachment.mediaType() + "\r\nContent-ID: <"
                            + attachment.contentId() + ">\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            body.writeBytes(attachment.bytes());
        }
        text(body, "\r\n--" + boundary + "--\r\n");
        String contentType =
                "multipart/related; type=\"" + type + "\"; start=\"<document>\"; boundary=\"" + boundary + "\"";
        return letter(draft, path, contentType, RECEIPT, Optional.empty(), body.toByteArray());
    }

    private static void text(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
