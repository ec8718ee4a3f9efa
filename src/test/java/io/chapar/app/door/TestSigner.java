package io.chapar.app.door;

import io.chapar.message.Digest;
import io.chapar.message.Signer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Signs so that a test can see over what: the signature is the digest. */
public final class TestSigner implements Signer {

    @Override
    public String detachedJws(byte[] payload) {
        return "test.." + Digest.of(payload).value().substring(8);
    }

    @Override
    public String compactJws(String type, byte[] payload) {
        return type + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload) + ".test";
    }

    @Override
    public byte[] xml(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        int end = text.lastIndexOf("</");
        return (text.substring(0, end) + "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>"
                        + text.substring(end))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] envelope(byte[] bodyChild, boolean soap12) {
        String namespace =
                soap12 ? "http://www.w3.org/2003/05/soap-envelope" : "http://schemas.xmlsoap.org/soap/envelope/";
        return ("<e:Envelope xmlns:e=\"" + namespace + "\"><e:Header><signed/></e:Header><e:Body>"
                        + new String(bodyChild, StandardCharsets.UTF_8) + "</e:Body></e:Envelope>")
                .getBytes(StandardCharsets.UTF_8);
    }
}
