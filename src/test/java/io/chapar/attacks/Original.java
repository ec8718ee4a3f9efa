package io.chapar.attacks;

import io.chapar.message.Agreement;
import io.chapar.message.Format;
import io.chapar.sandbox.sample.Sample;
import io.chapar.trust.Malformed;
import io.chapar.trust.PartialSignatures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A valid signed message.
 *
 * @param unsigned what it says, as text: XML in canonical form
 * @param text what is sent: with an enveloped signature, or the envelope
 */
public record Original(Form form, Cast cast, String unsigned, String text, Optional<String> jws) {

    public static Original of(Form form, Cast cast, byte[] unsigned) {
        String plain = new String(unsigned, UTF_8);
        Optional<String> jws =
                form == Form.JSON ? Optional.of(cast.party().signer().detachedJws(unsigned)) : Optional.empty();
        return new Original(form, cast, plain, signed(form, cast.party(), plain), jws);
    }

    /** The smallest sample of an exchange, as a new message. */
    public static Original of(Form form, Cast cast, Agreement agreement, Instant now) throws IOException, Malformed {
        Sample minimal = Sample.of(agreement, Path.of("schemas")).stream()
                .filter(each -> each.name().equals("minimal"))
                .findFirst()
                .orElseThrow();
        Format format = form.isXml() ? Format.XML : Format.JSON;
        return of(form, cast, minimal.fresh(format, now).document());
    }

    public byte[] body() {
        return text.getBytes(UTF_8);
    }

    /** Another document, signed well by its author. */
    String signed(Author author, String document) {
        return signed(form, author, document);
    }

    /** A document as its author signs it; JSON stays as it is, since its signature is detached. */
    static String signed(Form form, Author author, String document) {
        byte[] bytes = document.getBytes(UTF_8);
        return switch (form) {
            case JSON -> document;
            case XADES -> new String(author.signer().xml(bytes), UTF_8);
            case SOAP -> new String(author.signer().envelope(bytes, true), UTF_8);
            case XML -> plain(author, new String(author.signer().xml(bytes), UTF_8));
        };
    }

    /** Without the signed properties of XAdES. */
    private static String plain(Author author, String xades) {
        return PartialSignatures.again(
                xades.replaceFirst("<ds:Object>.*?</ds:Object>", ""),
                info -> info.replaceFirst("<ds:Reference Type=.*?</ds:Reference>", ""),
                author::sign);
    }

    /** The signature as it stands in the document. */
    String signature() {
        return text.substring(text.indexOf("<ds:Signature "), text.indexOf("</ds:Signature>") + 15);
    }

    /** What the document would say if somebody had changed it: another nonce. */
    String otherwise() {
        return form == Form.JSON
                ? unsigned.replaceFirst("(\"nonce\"\\s*:\\s*\")....", "$1AAAA")
                : unsigned.replaceFirst("<nonce>....", "<nonce>AAAA");
    }

    /** The name of the root with its prefix, if any. */
    String root() {
        return unsigned.replaceFirst("(?s)^<([^\\s>]+).*$", "$1");
    }

    /** A document with this put before the end of its root. */
    static String atEnd(String document, String part) {
        int end = document.lastIndexOf("</");
        return document.substring(0, end) + part + document.substring(end);
    }

    /** A document with this put behind the start tag of its root. */
    static String atBeginning(String document, String part) {
        int end = document.indexOf('>') + 1;
        return document.substring(0, end) + part + document.substring(end);
    }

    /** A document with these attributes at its root. */
    static String atRoot(String document, String attributes) {
        int end = document.indexOf('>');
        return document.substring(0, end) + " " + attributes + document.substring(end);
    }

    /** Of a document that its author signed: the second child of its root is not covered any more. */
    String withAHole() {
        PartialSignatures partial = new PartialSignatures(
                cast.party().key(), cast.party().certificate().getPublicKey());
        try {
            return new String(partial.withoutSecondChild(unsigned.getBytes(UTF_8), body()), UTF_8);
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }
}
