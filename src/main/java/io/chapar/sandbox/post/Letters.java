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
    private static final String ENVELOPE = "text/xml";

    private Letters() {}

    public static Letter of(Draft draft, Form form, Signer signer) {
        byte[] document = form == Form.REST_JSON
                ? HardenedJson.write(draft.content())
                : Documents.xml(draft.exchange(), draft.content());
        return of(draft, document, form, signer);
    }

    /** @param document the draft's content, already written in the form's format */
    public static Letter of(Draft draft, byte[] document, Form form, Signer signer) {
        String code = draft.exchange().exchange();
        String rest = "/api/v1/exchanges/" + code;
        return switch (form) {
            case REST_JSON -> {
                String jws = signer.detachedJws(document);
                yield draft.attachments().isEmpty()
                        ? letter(draft, rest, "application/json", RECEIPT, Optional.of(jws), document)
                        : multipart(draft, rest, "application/json", document, "X-JWS-Signature: " + jws + "\r\n");
            }
            case REST_XML -> {
                byte[] signed = signer.xml(document);
                yield draft.attachments().isEmpty()
                        ? letter(draft, rest, "application/xml", RECEIPT, Optional.empty(), signed)
                        : multipart(draft, rest, "application/xml", signed, "");
            }
            case SOAP -> {
                byte[] envelope = signer.envelope(document, false);
                yield draft.attachments().isEmpty()
                        ? letter(draft, "/ws/" + code, "text/xml; charset=utf-8", ENVELOPE, Optional.empty(), envelope)
                        : packaged(draft, "/ws/" + code, envelope);
            }
        };
    }

    /** An envelope with files beside it, as MTOM packages it. */
    private static Letter packaged(Draft draft, String path, byte[] envelope) {
        Letter parts =
                multipart(draft, path, "application/xop+xml; charset=UTF-8; type=\"" + ENVELOPE + "\"", envelope, "");
        String contentType = "multipart/related; type=\"application/xop+xml\"; start=\"<document>\"; boundary=\""
                + boundary(draft) + "\"; start-info=\"" + ENVELOPE + "\"";
        return letter(draft, path, contentType, ENVELOPE, Optional.empty(), parts.body());
    }

    private static String boundary(Draft draft) {
        return "chapar-" + draft.messageId();
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
        String boundary = boundary(draft);
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
