package io.chapar.trust;

import java.io.ByteArrayOutputStream;
import java.io.CharArrayReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.DOMException;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * The one place where XML becomes a document.
 *
 * <p>No DOCTYPE, so no entities of one's own and nothing external; no XInclude; no processing instructions; UTF-8 or
 * UTF-16 with a byte order mark, XML 1.0; limits of {@link DocumentBuilding}. Comments are left out and CDATA becomes
 * text: signatures do not cover comments, so no stage may ever see one.
 */
public final class HardenedXml {

    private static final Pattern DECLARATION = Pattern.compile("<\\?xml\\s+version\\s*=\\s*[\"']([^\"']*)[\"']"
            + "(?:\\s+encoding\\s*=\\s*[\"']([^\"']*)[\"'])?"
            + "(?:\\s+standalone\\s*=\\s*[\"'](?:yes|no)[\"'])?\\s*\\?>");

    private static final int LONGEST_DECLARATION = 128;

    private static final String NOT_WELL_FORMED = "the XML is not well-formed";

    /** Making a reader costs more than reading a message with it. */
    private static final Queue<XMLReader> READERS = new ConcurrentLinkedQueue<>();

    static {
        org.apache.xml.security.Init.init();
    }

    private HardenedXml() {}

    /** @throws Malformed if it is not well-formed, not within the limits, or contains what is not allowed */
    public static Document parse(byte[] bytes) throws Malformed {
        char[] characters = characters(bytes);
        XMLReader reader = READERS.poll();
        if (reader == null) {
            reader = newReader();
        }
        DocumentBuilding building = new DocumentBuilding();
        try {
            reader.setContentHandler(building);
            reader.setErrorHandler(building);
            reader.setProperty("http://xml.org/sax/properties/lexical-handler", building);
            reader.parse(new InputSource(new CharArrayReader(characters)));
        } catch (DocumentBuilding.Unwanted unwanted) {
            throw new Malformed(unwanted.reason());
        } catch (SAXException | IOException e) {
            // the parser's own words may quote the document, so they are not passed on
            throw new Malformed(NOT_WELL_FORMED);
        } catch (DOMException e) {
            // a name that this parser lets through although it is none with namespaces, such as xmlns for an element
            throw new Malformed(NOT_WELL_FORMED);
        }
        READERS.offer(reader);
        return building.document();
    }

    /** The exclusive C14N of the node and everything below it, without comments. */
    public static byte[] canonical(Node node) {
        return canonical(node, Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS, "");
    }

    /** The document as UTF-8 bytes that parse to the same document; it must have come from {@link #parse}. */
    public static byte[] serialise(Document document) {
        return canonical(document, Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS, "");
    }

    /** @param inclusivePrefixes of exclusive C14N, separated by spaces, or empty */
    static byte[] canonical(Node node, String algorithm, String inclusivePrefixes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        try {
            Canonicalizer canonicalizer = Canonicalizer.getInstance(algorithm);
            if (inclusivePrefixes.isEmpty()) {
                canonicalizer.canonicalizeSubtree(node, bytes);
            } else {
                canonicalizer.canonicalizeSubtree(node, inclusivePrefixes, bytes);
            }
        } catch (XMLSecurityException e) {
            throw new IllegalArgumentException("this node has no canonical form", e);
        }
        return bytes.toByteArray();
    }

    private static char[] characters(byte[] bytes) throws Malformed {
        boolean utf16 = startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE);
        int mark = utf16 ? 2 : startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        Charset charset = !utf16
                ? StandardCharsets.UTF_8
                : bytes[0] == (byte) 0xFE ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        CharBuffer decoded;
        try {
            decoded = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark));
        } catch (CharacterCodingException e) {
            throw new Malformed("the bytes are neither UTF-8, nor UTF-16 with a byte order mark");
        }
        checkDeclaration(decoded, utf16);
        char[] characters = new char[decoded.remaining()];
        decoded.get(characters);
        return characters;
    }

    private static void checkDeclaration(CharBuffer decoded, boolean utf16) throws Malformed {
        CharSequence beginning = decoded.subSequence(0, Math.min(LONGEST_DECLARATION, decoded.remaining()));
        if (beginning.length() < 6
                || !beginning.subSequence(0, 5).toString().equals("<?xml")
                || !Character.isWhitespace(beginning.charAt(5))) {
            return;
        }
        Matcher declaration = DECLARATION.matcher(beginning);
        if (!declaration.lookingAt()) {
            throw new Malformed("the XML declaration is not one of XML 1.0");
        }
        if (!"1.0".equals(declaration.group(1))) {
            throw new Malformed("the XML version is not 1.0");
        }
        String encoding = declaration.group(2);
        if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals(utf16 ? "utf-16" : "utf-8")) {
            throw new Malformed("the declared encoding is not that of the bytes, or neither UTF-8 nor UTF-16");
        }
    }

    private static boolean startsWith(byte[] bytes, int... beginning) {
        if (bytes.length < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if (bytes[i] != (byte) beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static XMLReader newReader() {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setValidating(false);
            factory.setXIncludeAware(false);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setFeature("http://xml.org/sax/features/namespace-prefixes", true);
            XMLReader reader = factory.newSAXParser().getXMLReader();
            reader.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            reader.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            reader.setEntityResolver((publicId, systemId) -> {
                throw new SAXException("nothing external is read");
            });
            return reader;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("the platform's XML parser lacks a safety feature", e);
        }
    }
}
