package io.chapar.schema;

import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/** A document that can be told to a handler, element by element, without being written down in between. */
@FunctionalInterface
public interface Told {

    void to(ContentHandler handler) throws SAXException;
}
