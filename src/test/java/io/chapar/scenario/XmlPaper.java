package io.chapar.scenario;

import io.chapar.sandbox.agency.Content;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A document that is written in XML. */
final class XmlPaper implements Paper {

    private static final Map<String, String> FOLLOWED_BY = Map.of("corrects", "sender");

    private final Document document;

    XmlPaper(byte[] sample) throws Malformed {
        this.document = HardenedXml.parse(sample);
    }

    @Override
    public Content content() {
        return Content.of(document);
    }

    @Override
    public void put(String pointer, Object value) {
        Element at = document.getDocumentElement();
        for (Content.Step step : Content.Step.of(pointer)) {
            Element parent = at;
            at = child(parent, step).orElseGet(() -> added(parent, step));
        }
        at.setTextContent(value.toString());
    }

    @Override
    public void remove(String pointer) {
        Optional<Element> at = Optional.of(document.getDocumentElement());
        List<Content.Step> steps = Content.Step.of(pointer);
        for (Content.Step step : steps) {
            at = at.flatMap(parent -> child(parent, step));
        }
        Element found =
                at.orElseThrow(() -> new IllegalArgumentException("there is no " + pointer + " that could be removed"));
        found.getParentNode().removeChild(found);
    }

    /** At the end, or where the schema wants it. */
    private Element added(Element parent, Content.Step step) {
        Element element = document.createElementNS(document.getDocumentElement().getNamespaceURI(), step.name());
        Optional<Element> before = Optional.ofNullable(FOLLOWED_BY.get(step.name()))
                .flatMap(name -> child(parent, new Content.Step(name, 0)));
        parent.insertBefore(element, before.orElse(null));
        return element;
    }

    private static Optional<Element> child(Element parent, Content.Step step) {
        int passed = 0;
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && step.name().equals(element.getLocalName())
                    && passed++ == step.place()) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }

    @Override
    public byte[] bytes() {
        return HardenedXml.serialise(document);
    }
}
