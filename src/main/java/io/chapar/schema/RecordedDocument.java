package io.chapar.schema;

import io.chapar.message.Fields;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A document as the record keeps it: its signature was verified when it was accepted, and it is unaltered since. */
public final class RecordedDocument {

    private RecordedDocument() {}

    /** @throws Malformed when the record's copy cannot be read any more */
    public static Fields fields(DocumentSchema schema, Passage.Door door, Format format, byte[] bytes)
            throws Malformed {
        if (format == Format.JSON) {
            return schema.fields(HardenedJson.parse(bytes));
        }
        Document document = HardenedXml.parse(bytes);
        return schema.fields(door == Passage.Door.SOAP ? bodyChild(document) : document);
    }

    private static Document bodyChild(Document envelope) throws Malformed {
        Element child = first(first(envelope.getDocumentElement(), "Body"), null);
        Document document = (Document) envelope.cloneNode(false);
        document.appendChild(document.importNode(child, true));
        return document;
    }

    private static Element first(Element parent, @Nullable String name) throws Malformed {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && (name == null || name.equals(element.getLocalName()))) {
                return element;
            }
        }
        throw new Malformed("it is no envelope with a document");
    }
}
