package io.chapar.trust;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Correct signatures that cover less than they must, as somebody would make who wants to change the rest later. */
public final class PartialSignatures {

    private static final Pattern SIGNED_INFO = Pattern.compile("<ds:SignedInfo.*?</ds:SignedInfo>", Pattern.DOTALL);
    private static final String HOLE = "<ds:Transform Algorithm=\"http://www.w3.org/2002/06/xmldsig-filter2\">"
            + "<filter:XPath xmlns:filter=\"http://www.w3.org/2002/06/xmldsig-filter2\" Filter=\"subtract\">/*/*[2]"
            + "</filter:XPath></ds:Transform>";

    private final PrivateKey key;
    private final SignatureAlgorithm algorithm;

    public PartialSignatures(PrivateKey key, PublicKey ofCertificate) {
        this.key = KeyObjects.key(key);
        this.algorithm = SignatureAlgorithm.usualFor(ofCertificate);
    }

    /** Of a document that was signed by this key: the second child of its root is not covered any more. */
    public byte[] withoutSecondChild(byte[] unsigned, byte[] signed) throws Malformed {
        Document document = HardenedXml.parse(unsigned);
        document.getDocumentElement().removeChild(secondChild(document.getDocumentElement()));
        String digest = CanonicalText.base64(CanonicalText.sha256(HardenedXml.canonical(document)));
        return again(
                signed,
                info -> info.replaceFirst("enveloped-signature\"></ds:Transform>", "$0" + HOLE)
                        .replaceFirst("<ds:DigestValue>[^<]*", "<ds:DigestValue>" + digest));
    }

    /** Of an envelope that was signed by this key: the body is not covered any more. */
    public byte[] timestampOnly(byte[] signed) {
        return again(signed, info -> info.replaceFirst("<ds:Reference URI=\"#chapar-body\".*?</ds:Reference>", ""));
    }

    private byte[] again(byte[] signed, UnaryOperator<String> change) {
        return again(new String(signed, UTF_8), change, input -> algorithm.sign(key, input))
                .getBytes(UTF_8);
    }

    /** The first signature in a text, made again over a SignedInfo that was changed and is in canonical form. */
    public static String again(String signed, UnaryOperator<String> change, UnaryOperator<byte[]> key) {
        Matcher found = SIGNED_INFO.matcher(signed);
        if (!found.find()) {
            throw new IllegalArgumentException("there is no signature");
        }
        String info = change.apply(found.group());
        String value = CanonicalText.base64(key.apply(info.getBytes(UTF_8)));
        String after = signed.substring(found.end())
                .replaceFirst("<ds:SignatureValue>[^<]*", "<ds:SignatureValue>" + Matcher.quoteReplacement(value));
        return signed.substring(0, found.start()) + info + after;
    }

    private static Node secondChild(Element root) {
        int elements = 0;
        for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element && ++elements == 2) {
                return node;
            }
        }
        throw new IllegalArgumentException("the root has no second child");
    }
}
