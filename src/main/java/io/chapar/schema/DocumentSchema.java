package io.chapar.schema;

import io.chapar.message.Fields;
import io.chapar.message.Violation;
import io.chapar.trust.HardenedJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.ContentHandler;

/** One kind of document: its XSD, its JSON Schema and its binding, which all say the same. */
public final class DocumentSchema {

    /** What kind of value an element holds. */
    public enum Kind {
        RECORD,
        TEXT,
        DATE,
        DATE_TIME,
        NUMBER,
        BOOLEAN
    }

    private final Binding binding;
    private final XsdValidation xsd;
    private final JsonValidation json;
    private final JsonConstraints constraints;

    DocumentSchema(Binding binding, XsdValidation xsd, JsonValidation json, JsonConstraints constraints) {
        this.binding = binding;
        this.xsd = xsd;
        this.json = json;
        this.constraints = constraints;
    }

    /** Local name of the root element. */
    public String root() {
        return binding.root().getLocalPart();
    }

    /** Whether the root has this document's name and namespace. */
    public boolean isRoot(Element root) {
        return binding.root().getLocalPart().equals(root.getLocalName())
                && binding.root().getNamespaceURI().equals(root.getNamespaceURI());
    }

    /** What lies at a pointer without indices, such as {@code /child/birthDate}; empty when the schema has nothing there. */
    public Optional<Kind> kind(String pointer) {
        return binding.shape().at(pointer).map(shape -> switch (shape.kind()) {
            case RECORD -> Kind.RECORD;
            case TEXT, TOKEN -> Kind.TEXT;
            case DATE -> Kind.DATE;
            case DATE_TIME -> Kind.DATE_TIME;
            case INTEGER, DECIMAL -> Kind.NUMBER;
            case BOOLEAN -> Kind.BOOLEAN;
        });
    }

    /** Whether one value lies at the pointer: no record, no list, and nothing inside a list. */
    public boolean isSingle(String pointer) {
        return binding.shape().at(pointer).filter(Shape::isLeaf).isPresent()
                && Stream.iterate(
                                pointer, place -> !place.isEmpty(), place -> place.substring(0, place.lastIndexOf('/')))
                        .noneMatch(place -> binding.shape()
                                .at(place)
                                .filter(Shape::repeated)
                                .isPresent());
    }

    /** Whether this may stand at the pointer: false only when the schema lists the values, and this is none of them. */
    public boolean mayBe(String pointer, String value) {
        Set<String> values = constraints.values(pointer);
        return values.isEmpty() || values.contains(value);
    }

    /** How many may stand at the pointer; nothing where the schema sets no bound. */
    public OptionalInt most(String pointer) {
        return constraints.most(pointer);
    }

    /** Pointers, at and below this one, of texts that anybody could word; what nobody receives is left out. */
    public List<String> freeTexts(String pointer) {
        List<String> found = new ArrayList<>();
        binding.shape().at(pointer).ifPresent(shape -> freeTexts(shape, pointer, found));
        return found;
    }

    private void freeTexts(Shape shape, String pointer, List<String> found) {
        boolean text = shape.kind() == Shape.Kind.TEXT || shape.kind() == Shape.Kind.TOKEN;
        if (text && !pointer.equals(Fields.NONCE) && !constraints.isCoded(pointer)) {
            found.add(pointer);
        }
        shape.parts().forEach((name, part) -> freeTexts(part.shape(), pointer + "/" + name, found));
    }

    /** Empty when the document fits. Its root must have been compared by {@link #isRoot}. */
    public List<Violation> validateXml(Document document) {
        List<Violation> shared = SharedRules.ofXml(binding.shape(), document.getDocumentElement());
        return SharedRules.tooLong(shared) ? shared : together(xsd.validate(document), shared);
    }

    /** Empty when the object fits. */
    public List<Violation> validateJson(Map<String, Object> object) {
        List<Violation> shared = SharedRules.ofJson(binding.shape(), object);
        return SharedRules.tooLong(shared) ? shared : together(json.validate(object), shared);
    }

    /** What a valid document says; a signature that is the root's last child is left out. */
    public Fields fields(Document document) {
        try {
            return binding.fields(document);
        } catch (Unbindable e) {
            throw new IllegalStateException("a document is bound only after it was validated", e);
        }
    }

    /** What a valid object says, in the schema's order. */
    public Fields fields(Map<String, Object> object) {
        return Beans.fields(binding.shape(), Beans.bean(binding.shape(), object));
    }

    /** @throws Unbindable when an element or a value is none of the schema's */
    public Fields fields(Told told) throws Unbindable {
        return binding.fields(told);
    }

    /** The fields as XML; parts that the schema requires may be missing, as after a receiver's filter. */
    public byte[] xml(Fields fields) {
        return binding.xml(fields);
    }

    /** The same without writing it down. */
    public void tell(Fields fields, ContentHandler handler) {
        binding.tell(fields, handler);
    }

    public byte[] json(Fields fields) {
        return HardenedJson.write(fields.root());
    }

    private static List<Violation> together(List<Violation> schema, List<Violation> shared) {
        if (shared.isEmpty()) {
            return schema;
        }
        Set<Violation> all = new LinkedHashSet<>(schema);
        all.addAll(shared);
        return List.copyOf(all);
    }
}
