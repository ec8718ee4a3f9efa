package io.chapar.deliver;

import io.chapar.message.Content;
import io.chapar.message.Dispatch;
import io.chapar.message.Passage;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
record Parcel(String contentType, Content body, boolean multipart) {

    private static final String END_OF_LINE = "\r\n";
    private static final String NAMING = "contentId";

    static Parcel of(Dispatch.Signed signed) {
        return of(signed, signed.contentType(), "");
    }

    /**
     * For who fetches instead of being called: the files lie with the document. The digest stays that of the document,
     * as it is for who is called.
     */
    static Dispatch.Mailed mailed(Dispatch.Signed signed) {
        List<Passage.Attachment> travelling = travelling(signed);
        if (travelling.isEmpty()) {
            return new Dispatch.Mailed(signed);
        }
        Multipart multipart = multipart(signed, travelling, signed.contentType(), "");
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        List<Dispatch.Mailed.Place> places = new ArrayList<>();
        for (int i = 0; i < travelling.size(); i++) {
            payload.writeBytes(multipart.before().get(i));
            places.add(
                    new Dispatch.Mailed.Place(payload.size(), travelling.get(i).contentId()));
        }
        payload.writeBytes(multipart.end());
        return new Dispatch.Mailed(
                new Dispatch.Signed(
                        signed.due(),
                        payload.toByteArray(),
                        multipart.contentType(),
                        signed.signature(),
                        signed.digest()),
                places);
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
            return new Parcel(signed.contentType(), Content.of(signed.payload()), false);
        }
        Multipart multipart = multipart(signed, travelling, rootType, moreParameters);
        List<Content> pieces = new ArrayList<>();
        for (int i = 0; i < travelling.size(); i++) {
            pieces.add(Content.of(multipart.before().get(i)));
            pieces.add(travelling.get(i).content());
        }
        pieces.add(Content.of(multipart.end()));
        return new Parcel(multipart.contentType(), Content.joined(pieces), true);
    }

    /** @param before what comes before each file: for the first one the document too */
    private record Multipart(String contentType, List<byte[]> before, byte[] end) {}

    private static Multipart multipart(
            Dispatch.Signed signed, List<Passage.Attachment> travelling, String rootType, String moreParameters) {
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
        List<byte[]> before = new ArrayList<>();
        for (Passage.Attachment attachment : travelling) {
            write(body, END_OF_LINE + part(boundary, attachment.mediaType(), attachment.contentId()) + END_OF_LINE);
            before.add(body.toByteArray());
            body.reset();
        }
        write(body, END_OF_LINE + "--" + boundary + "--" + END_OF_LINE);
        return new Multipart(
                "multipart/related; type=\"" + mediaType(rootType) + "\"; start=\"<" + rootId + ">\"; boundary=\""
                        + boundary + "\"" + moreParameters,
                before,
                body.toByteArray());
    }

    /** The files that go with what was signed. */
    static List<Passage.Attachment> travelling(Dispatch.Signed signed) {
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
