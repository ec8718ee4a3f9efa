package io.chapar.validate;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.message.Format;
import io.chapar.message.Header;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.message.Violation;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.Headers;
import io.chapar.schema.Schemas;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Holds a document to the exchange it was sent to, then to its schema, then to the rules that no schema language can
 * say.
 */
public final class Validate implements Stage<Passage.Verified, Passage.Validated> {

    private final Schemas schemas;

    public Validate(Schemas schemas) {
        this.schemas = schemas;
    }

    @Override
    public Passage.Validated apply(Passage.Verified passage) throws Refusal {
        Passage.Accepted accepted = passage.authenticated().accepted();
        String addressed = passage.arrived().exchange();
        Fields fields = accepted.format() == Format.XML
                ? xml(
                        addressed,
                        passage.xml().orElseThrow(() -> new IllegalStateException("verified XML has a document")))
                : json(addressed, accepted.document());
        Header header = Headers.read(fields);
        List<Violation> broken = new ArrayList<>();
        corrections(header, broken);
        AttachmentRules.check(fields, accepted.attachments(), broken);
        if (!broken.isEmpty()) {
            throw new Refusal(Problem.of(ProblemCode.RULE, "The document breaks rules of its exchange.", broken));
        }
        return new Passage.Validated(passage, header, fields);
    }

    private Fields xml(String addressed, Document document) throws Refusal {
        Element root = document.getDocumentElement();
        DocumentSchema schema = schema(addressed, text(root, "exchange"), text(root, "version"));
        if (!schema.isRoot(root)) {
            throw mismatch(
                    "The root element is not " + schema.root() + " in the namespace of its exchange and version.");
        }
        refuse(schema.validateXml(document));
        return schema.fields(document);
    }

    private Fields json(String addressed, byte[] document) throws Refusal {
        Map<String, Object> object;
        try {
            object = HardenedJson.parse(document);
        } catch (Malformed e) {
            throw new Refusal(ProblemCode.MALFORMED, "The body is not I-JSON within the limits.");
        }
        Object header = object.get("header");
        Map<?, ?> words = header instanceof Map<?, ?> map ? map : Map.of();
        DocumentSchema schema = schema(addressed, text(words, "exchange"), text(words, "version"));
        refuse(schema.validateJson(object));
        return schema.fields(object);
    }

    /** The header's exchange is compared before anything is held to a schema: against the wrong one all would be wrong. */
    private DocumentSchema schema(String addressed, Optional<String> exchange, Optional<String> version)
            throws Refusal {
        if (exchange.filter(addressed::equals).isEmpty()) {
            throw mismatch("The header does not name the exchange of the address.");
        }
        return version.flatMap(number -> known(addressed, number))
                .orElseThrow(() -> mismatch("The header does not name a version of this exchange."));
    }

    private Optional<DocumentSchema> known(String exchange, String version) {
        return schemas.all().stream()
                .filter(known ->
                        known.exchange().equals(exchange) && known.version().equals(version))
                .findFirst()
                .map((ExchangeVersion found) -> schemas.of(found).message());
    }

    private static Refusal mismatch(String detail) {
        return new Refusal(ProblemCode.EXCHANGE_MISMATCH, detail);
    }

    private static void refuse(List<Violation> violations) throws Refusal {
        if (!violations.isEmpty()) {
            throw new Refusal(Problem.of(
                    ProblemCode.SCHEMA, "The document does not fit its schema at these places.", violations));
        }
    }

    private static void corrections(Header header, List<Violation> broken) {
        boolean first = header.action() == Header.Action.NEW;
        if (first && header.corrects().isPresent()) {
            broken.add(new Violation("/header/corrects", "must be absent when the action is new"));
        }
        if (!first && header.corrects().isEmpty()) {
            broken.add(new Violation("/header/corrects", "is required when the action is correct or withdraw"));
        }
    }

    private static Optional<String> text(Element root, String name) {
        return child(root, "header").flatMap(header -> child(header, name)).map(Node::getTextContent);
    }

    private static Optional<String> text(Map<?, ?> header, String name) {
        return header.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Element> child(Element parent, String name) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && name.equals(element.getLocalName())) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }
}
