package io.chapar.schema;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/**
 * Tells a verified document to a handler, element by element, and knows where it is. Comments, processing instructions,
 * hints where a schema might lie and the signature that ends the document are not told: no schema speaks of them.
 */
final class DomEvents {

    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
    private static final AttributesImpl NONE = new AttributesImpl();

    private final ContentHandler handler;
    private @Nullable Element here;

    DomEvents(ContentHandler handler) {
        this.handler = handler;
    }

    /** The element that is being told. */
    @Nullable
    Element here() {
        return here;
    }

    void tell(Document document) throws SAXException {
        handler.startDocument();
        tell(document.getDocumentElement(), true);
        handler.endDocument();
    }

    /** Whether this is the enveloped signature: last element of the root. */
    static boolean isSignature(Element element) {
        return SIGNATURE.equals(element.getNamespaceURI()) && "Signature".equals(element.getLocalName());
    }

    /** Whether the attribute says something about the document, rather than how it is written. */
    static boolean isContent(Attr attribute) {
        boolean declaration = XMLNS.equals(attribute.getNamespaceURI());
        boolean hint = XSI.equals(attribute.getNamespaceURI())
                && attribute.getLocalName().toLowerCase(java.util.Locale.ROOT).endsWith("schemalocation");
        return !declaration && !hint;
    }

    private void tell(Element element, boolean root) throws SAXException {
        here = element;
        String namespace = element.getNamespaceURI() == null ? "" : element.getNamespaceURI();
        handler.startElement(namespace, element.getLocalName(), element.getLocalName(), attributes(element));
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element below) {
                if (!(root && isSignature(below) && isLast(below))) {
                    tell(below, false);
                    here = element;
                }
            } else if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
                char[] text = child.getNodeValue().toCharArray();
                handler.characters(text, 0, text.length);
            }
        }
        here = element;
        handler.endElement(namespace, element.getLocalName(), element.getLocalName());
    }

    private static boolean isLast(Element element) {
        for (Node next = element.getNextSibling(); next != null; next = next.getNextSibling()) {
            if (next instanceof Element) {
                return false;
            }
        }
        return true;
    }

    private static AttributesImpl attributes(Element element) {
        NamedNodeMap all = element.getAttributes();
        AttributesImpl told = NONE;
        for (int i = 0; i < all.getLength(); i++) {
            Attr attribute = (Attr) all.item(i);
            if (isContent(attribute)) {
                told = told == NONE ? new AttributesImpl() : told;
                String namespace = attribute.getNamespaceURI() == null ? "" : attribute.getNamespaceURI();
                told.addAttribute(
                        namespace, attribute.getLocalName(), attribute.getName(), "CDATA", attribute.getValue());
            }
        }
        return told;
    }
}
