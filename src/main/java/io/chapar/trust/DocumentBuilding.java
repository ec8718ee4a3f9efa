package io.chapar.trust;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Builds the document while it is read, and stops at the first thing that is not allowed, before it takes memory. Text
 * that comments or CDATA sections divide becomes one node, so that nobody reads half a value.
 */
final class DocumentBuilding extends DefaultHandler2 {

    static final int DEEPEST = 64;
    static final int MOST_ELEMENTS = 100_000;
    static final int MOST_ATTRIBUTES = 32;
    static final int LONGEST_TEXT = 4_000_000;
    static final int LONGEST_ATTRIBUTE = 8_192;
    static final int LONGEST_NAME = 256;

    private static final DOMImplementation DOM = domImplementation();

    private final Document document = DOM.createDocument(null, null, null);
    private final StringBuilder text = new StringBuilder();
    private Node current = document;
    private int depth;
    private int elements;

    /** What the parser allows and we do not. */
    static final class Unwanted extends SAXException {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Unwanted(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    Document document() {
        return document;
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes) throws SAXException {
        flush();
        if (++depth > DEEPEST) {
            throw new Unwanted("elements are nested deeper than " + DEEPEST);
        }
        if (++elements > MOST_ELEMENTS) {
            throw new Unwanted("there are more than " + MOST_ELEMENTS + " elements");
        }
        if (attributes.getLength() > MOST_ATTRIBUTES) {
            throw new Unwanted("an element has more than " + MOST_ATTRIBUTES + " attributes");
        }
        checkName(name);
        Element element = document.createElementNS(uri.isEmpty() ? null : uri, name);
        for (int i = 0; i < attributes.getLength(); i++) {
            attribute(element, attributes.getURI(i), attributes.getQName(i), attributes.getValue(i));
        }
        current.appendChild(element);
        current = element;
    }

    private static void attribute(Element element, String uri, String name, String value) throws Unwanted {
        checkName(name);
        if (value.length() > LONGEST_ATTRIBUTE) {
            throw new Unwanted("an attribute is longer than " + LONGEST_ATTRIBUTE + " characters");
        }
        boolean declaration = name.equals("xmlns") || name.startsWith("xmlns:");
        if (declaration && !value.isEmpty() && value.indexOf(':') <= 0) {
            // C14N is not defined for relative ones (C14N 1.0, section 1.3)
            throw new Unwanted("a namespace is not an absolute URI");
        }
        String namespace = declaration ? XMLConstants.XMLNS_ATTRIBUTE_NS_URI : uri.isEmpty() ? null : uri;
        element.setAttributeNS(namespace, name, value);
    }

    private static void checkName(String name) throws Unwanted {
        if (name.length() > LONGEST_NAME) {
            throw new Unwanted("a name is longer than " + LONGEST_NAME + " characters");
        }
        if (name.startsWith(":")) {
            // Beside an attribute of the same name without it the parser lets it through (Namespaces in XML, section
            // 4),
            // and the document would have it in the other's place.
            throw new Unwanted("a name begins with a colon");
        }
    }

    @Override
    public void endElement(String uri, String localName, String name) {
        flush();
        depth--;
        Node parent = current.getParentNode();
        current = parent == null ? document : parent;
    }

    @Override
    public void characters(char[] characters, int start, int length) throws SAXException {
        if (text.length() + length > LONGEST_TEXT) {
            throw new Unwanted("a text is longer than " + LONGEST_TEXT + " characters");
        }
        text.append(characters, start, length);
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) throws SAXException {
        characters(characters, start, length);
    }

    @Override
    public void processingInstruction(String target, String data) throws SAXException {
        throw new Unwanted("processing instructions are not allowed");
    }

    @Override
    public void startDTD(String name, String publicId, String systemId) throws SAXException {
        throw new Unwanted("a DOCTYPE is not allowed");
    }

    @Override
    public void skippedEntity(String name) throws SAXException {
        throw new Unwanted("entities are not allowed");
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
        throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
        throw e;
    }

    private void flush() {
        if (text.length() > 0) {
            current.appendChild(document.createTextNode(text.toString()));
            text.setLength(0);
        }
    }

    private static DOMImplementation domImplementation() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the platform has no XML documents", e);
        }
    }
}
