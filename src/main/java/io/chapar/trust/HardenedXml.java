package io.chapar.trust;

import org.w3c.dom.Document;
import org.w3c.dom.Node;

public final class HardenedXml {

    private HardenedXml() {}

    public static Document parse(byte[] bytes) throws Malformed {
        throw new UnsupportedOperationException();
    }

    /** The exclusive C14N of the node and everything below it, without comments. */
    public static byte[] canonical(Node node) {
        throw new UnsupportedOperationException();
    }

    /** The document as UTF-8 bytes that parse to the same document. */
    public static byte[] serialise(Document document) {
        throw new UnsupportedOperationException();
    }
}
