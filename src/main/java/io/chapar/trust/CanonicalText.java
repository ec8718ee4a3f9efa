package io.chapar.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import static io.chapar.trust.SignatureElement.DS;
import static io.chapar.trust.SignatureElement.EXCLUSIVE;

/**
 * Writes the parts of a signature in the very form that exclusive C14N would give them, so that they need not be
 * canonicalised to be signed: namespaces before attributes, attributes in order, no empty-element tags, no white space.
 */
final class CanonicalText {

    static final String SHA_256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private static final String XMLNS_DS = " xmlns:ds=\"" + DS + "\"";

    private CanonicalText() {}

    /** @param namespaced whether an element around it already declares {@code ds} */
    static String digest(byte[] canonical, boolean namespaced) {
        String declaration = namespaced ? "" : XMLNS_DS;
        return "<ds:DigestMethod" + declaration + " Algorithm=\"" + SHA_256 + "\"></ds:DigestMethod>"
                + "<ds:DigestValue" + declaration + ">" + base64(sha256(canonical)) + "</ds:DigestValue>";
    }

    /** @param attributes in their order: Id, Type, URI */
    static String reference(String attributes, byte[] canonical, String... transforms) {
        StringBuilder text = new StringBuilder("<ds:Reference " + attributes + "><ds:Transforms>");
        for (String transform : transforms) {
            text.append("<ds:Transform Algorithm=\"").append(transform).append("\"></ds:Transform>");
        }
        return text.append("</ds:Transforms>")
                .append(digest(canonical, true))
                .append("</ds:Reference>")
                .toString();
    }

    static String signedInfo(SignatureAlgorithm algorithm, String... references) {
        return "<ds:SignedInfo" + XMLNS_DS + "><ds:CanonicalizationMethod Algorithm=\"" + EXCLUSIVE
                + "\"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm=\"" + algorithm.xmlName()
                + "\"></ds:SignatureMethod>" + String.join("", references) + "</ds:SignedInfo>";
    }

    /** @param id of the signature, or empty */
    static String signature(String id, String signedInfo, byte[] value, String keyInfo, String object) {
        return "<ds:Signature" + XMLNS_DS + (id.isEmpty() ? "" : " Id=\"" + id + "\"") + ">" + signedInfo
                + "<ds:SignatureValue>" + base64(value) + "</ds:SignatureValue><ds:KeyInfo>" + keyInfo
                + "</ds:KeyInfo>" + object + "</ds:Signature>";
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
