package io.chapar.schema;

import io.chapar.message.Fields;
import io.chapar.message.Violation;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** One kind of document: its XSD, its JSON Schema and its binding. */
public final class DocumentSchema {

    /** Local name of the root element. */
    public String root() {
        throw new UnsupportedOperationException();
    }

    /** Whether the root has this document's name and namespace. */
    public boolean isRoot(Element root) {
        throw new UnsupportedOperationException(root.toString());
    }

    /** Empty when the document fits. */
    public List<Violation> validateXml(Document document) {
        throw new UnsupportedOperationException(document.toString());
    }

    /** Empty when the object fits. */
    public List<Violation> validateJson(Map<String, Object> object) {
        throw new UnsupportedOperationException(object.toString());
    }

    /** What a valid document says; a signature that is the root's last child is left out. */
    public Fields fields(Document document) {
        throw new UnsupportedOperationException(document.toString());
    }

    /** What a valid object says, in the schema's order. */
    public Fields fields(Map<String, Object> object) {
        throw new UnsupportedOperationException(object.toString());
    }

    public byte[] xml(Fields fields) {
        throw new UnsupportedOperationException(fields.toString());
    }

    public byte[] json(Fields fields) {
        throw new UnsupportedOperationException(fields.toString());
    }
}
