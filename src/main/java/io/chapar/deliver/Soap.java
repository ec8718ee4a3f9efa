package io.chapar.deliver;

import io.chapar.message.Signer;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What the calls by SOAP have in common. Chapar calls with SOAP 1.1, which every library speaks. */
final class Soap {

    static final String CONTENT_TYPE = "text/xml; charset=UTF-8";

    private static final String SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String SOAP_12 = "http://www.w3.org/2003/05/soap-envelope";

    /** Whose fault it is. */
    enum Blame {
        SENDER,
        RECEIVER
    }

    private Soap() {}

    static byte[] envelope(Signer signer, byte[] bodyChild) {
        return signer.envelope(bodyChild, false);
    }

    /**
     * The same content in an envelope that is signed now: the timestamp of one that waited with a stopped channel would
     * be too old for the receiver.
     */
    static byte[] fresh(Signer signer, byte[] envelope) {
        try {
            return envelope(
                    signer,
                    HardenedXml.canonical(EnvelopeSignatures.content(envelope).getDocumentElement()));
        } catch (Malformed e) {
            throw new IllegalStateException("what the gateway itself signed cannot be read", e);
        }
    }

    /** Empty when the answer is no fault. */
    static Optional<Blame> fault(byte[] answer) {
        Document document;
        try {
            document = HardenedXml.parse(answer);
        } catch (Malformed e) {
            // No XML, so no fault; whoever asked goes by the status.
            return Optional.empty();
        }
        String namespace = document.getDocumentElement().getNamespaceURI();
        if (!SOAP_11.equals(namespace) && !SOAP_12.equals(namespace)) {
            return Optional.empty();
        }
        return child(document.getDocumentElement(), namespace, "Body")
                .flatMap(body -> child(body, namespace, "Fault"))
                .map(fault -> blame(fault, namespace));
    }

    private static Blame blame(Element fault, String namespace) {
        boolean modern = SOAP_12.equals(namespace);
        Optional<Element> code = modern
                ? child(fault, namespace, "Code").flatMap(outer -> child(outer, namespace, "Value"))
                : child(fault, null, "faultcode");
        return code.filter(value -> {
                            String[] name = value.getTextContent().strip().split(":", 2);
                            return name.length == 2
                                    && name[1].equals(modern ? "Sender" : "Client")
                                    && namespace.equals(value.lookupNamespaceURI(name[0]));
                        })
                        .isPresent()
                ? Blame.SENDER
                : Blame.RECEIVER;
    }

    private static Optional<Element> child(Element parent, @Nullable String namespace, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && name.equals(element.getLocalName())
                    && Objects.equals(namespace, element.getNamespaceURI())) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }
}
