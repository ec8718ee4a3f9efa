package io.chapar.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.w3c.dom.Element;

/** A {@code ds:DigestMethod} and {@code ds:DigestValue}: SHA-256 or longer. */
record XmlDigest(String method, byte[] value) {

    private static final Map<String, String> METHODS = Map.of(
            "http://www.w3.org/2001/04/xmlenc#sha256", "SHA-256",
            "http://www.w3.org/2001/04/xmldsig-more#sha384", "SHA-384",
            "http://www.w3.org/2001/04/xmlenc#sha512", "SHA-512");

    static XmlDigest read(Element digestMethod, Element digestValue) throws SignatureRefused {
        StrictElements.expect(digestMethod, SignatureElement.DS, "DigestMethod");
        StrictElements.expect(digestValue, SignatureElement.DS, "DigestValue");
        String method = METHODS.get(StrictElements.algorithm(digestMethod));
        if (method == null || !StrictElements.children(digestMethod).isEmpty()) {
            throw SignatureRefused.invalid("DigestMethod is none of SHA-256, SHA-384, SHA-512");
        }
        return new XmlDigest(method, StrictElements.base64(digestValue));
    }

    boolean fits(byte[] bytes) {
        try {
            return MessageDigest.isEqual(
                    value, MessageDigest.getInstance(method).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + method, e);
        }
    }
}
