package io.chapar.deliver;

import io.chapar.message.Dispatch;
import io.chapar.message.Passage;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A delivery as one body: the document, and with it the files that it names (RFC 2387). A file that this receiver's
 * document does not name stays behind: what a receiver may not read about, it does not get.
 */
record Parcel(String contentType, byte[] body, boolean multipart) {

    private static final String END_OF_LINE = "\r\n";
    private static final String NAMING = "contentId";

    static Parcel of(Dispatch.Signed signed) {
        return of(signed, signed.contentType(), "");
    }

    /**
     * For who fetches instead of being called: the files lie with the document. The digest stays that of the document,
     * as it is for who is called.
     */
    static Dispatch.Signed packed(Dispatch.Signed signed) {
        Parcel parcel = of(signed);
        return parcel.multipart()
                ? new Dispatch.Signed(
                        signed.due(), parcel.body(), parcel.contentType(), signed.signature(), signed.digest())
                : signed;
    }

    /** With files beside it, an envelope is packaged as MTOM wants it. */
    static Parcel ofEnvelope(Dispatch.Signed signed) {
        String soapType = mediaType(signed.contentType());
        return of(
                signed,
                "application/xop+xml; charset=UTF-8; type=\"" + soapType + "\"",
                "; start-info=\"" + soapType + "\"");
    }

    private static Parcel of(Dispatch.Signed signed, String rootType, String moreParameters) {
        List<Passage.Attachment> travelling = travelling(signed);
        if (travelling.isEmpty()) {
            return new Parcel(signed.contentType(), signed.payload(), false);
        }
        String unique = UUID.randomUUID().toString();
        String rootId = "document-" + unique + "@chapar";
        String boundary = "chapar-" + unique;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        StringBuilder root = new StringBuilder(part(boundary, rootType, rootId));
        signed.signature()
                .ifPresent(jws -> root.append(Proofs.SIGNATURE_HEADER)
                        .append(": ")
                        .append(jws)
                        .append(END_OF_LINE));
        write(body, root + END_OF_LINE);
        body.writeBytes(signed.payload());
        for (Passage.Attachment attachment : travelling) {
            write(body, END_OF_LINE + part(boundary, attachment.mediaType(), attachment.contentId()) + END_OF_LINE);
            body.writeBytes(attachment.bytes());
        }
        write(body, END_OF_LINE + "--" + boundary + "--" + END_OF_LINE);
        return new Parcel(
                "multipart/related; type=\"" + mediaType(rootType) + "\"; start=\"<" + rootId + ">\"; boundary=\""
                        + boundary + "\"" + moreParameters,
                body.toByteArray(),
                true);
    }

    private static List<Passage.Attachment> travelling(Dispatch.Signed signed) {
        List<Passage.Attachment> all = signed.due().attachments();
        if (all.isEmpty()) {
            return all;
        }
        Set<String> named = new HashSet<>();
        try {
            if (mediaType(signed.contentType()).endsWith("json")) {
                collect(HardenedJson.parse(signed.payload()), named);
            } else {
                NodeList naming = HardenedXml.parse(signed.payload()).getElementsByTagNameNS("*", NAMING);
                for (int i = 0; i < naming.getLength(); i++) {
                    named.add(((Element) naming.item(i)).getTextContent().strip());
                }
            }
        } catch (Malformed e) {
            throw new IllegalStateException("what the gateway itself signed cannot be read", e);
        }
        return all.stream()
                .filter(attachment -> named.contains(attachment.contentId()))
                .toList();
    }

    private static void collect(Object value, Set<String> named) {
        if (value instanceof Map<?, ?> map) {
            if (map.get(NAMING) instanceof String contentId) {
                named.add(contentId);
            }
            map.values().forEach(below -> collect(below, named));
        } else if (value instanceof Collection<?> list) {
            list.forEach(below -> collect(below, named));
        }
    }

    private static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip();
    }

    private static String part(String boundary, String contentType, String contentId) {
        return "--" + boundary + END_OF_LINE
                + "Content-Type: " + contentType + END_OF_LINE
                + "Content-ID: <" + contentId + ">" + END_OF_LINE
                + "Content-Transfer-Encoding: binary" + END_OF_LINE;
    }

    private static void write(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
