package io.chapar.app.soap;

import io.chapar.accept.ContentType;
import io.chapar.app.door.ProblemDocument;
import io.chapar.app.door.XmlText;
import io.chapar.message.ProblemCode;
import java.util.Locale;
import java.util.Optional;

/** The two versions of SOAP, and what differs between them. */
enum EnvelopeForm {
    SOAP_11("text/xml; charset=utf-8", "http://schemas.xmlsoap.org/soap/envelope/"),
    SOAP_12("application/soap+xml; charset=utf-8", "http://www.w3.org/2003/05/soap-envelope");

    private static final String TYPE_12 = "application/soap+xml";

    private final String contentType;
    private final String namespace;

    EnvelopeForm(String contentType, String namespace) {
        this.contentType = contentType;
        this.namespace = namespace;
    }

    String contentType() {
        return contentType;
    }

    /** The version in which a caller speaks, by its Content-Type; of an MTOM message, by its start-info. */
    static EnvelopeForm of(String contentType) {
        Optional<ContentType> type = ContentType.of(contentType);
        String spoken = type.map(given -> given.mediaType().startsWith("multipart/")
                        ? given.parameter("start-info")
                                .or(() -> given.parameter("type"))
                                .orElse("")
                        : given.mediaType())
                .orElse("");
        return spoken.toLowerCase(Locale.ROOT).startsWith(TYPE_12) ? SOAP_12 : SOAP_11;
    }

    /** SOAP 1.1 over HTTP knows 500 for every fault; SOAP 1.2 tells the sender's faults by 400. */
    int faultStatus(ProblemCode code) {
        return this == SOAP_12 && bySender(code) ? 400 : 500;
    }

    /** The fault that tells a problem, as the one element of the body. */
    String fault(ProblemDocument document) {
        ProblemCode code = document.problem().code();
        String reason = XmlText.escape(code.title() + ": " + document.problem().detail());
        if (this == SOAP_11) {
            return "<soap:Fault xmlns:soap=\"" + namespace + "\"><faultcode>soap:"
                    + (bySender(code) ? "Client" : "Server") + "</faultcode><faultstring xml:lang=\"en\">" + reason
                    + "</faultstring><detail>" + document.element() + "</detail></soap:Fault>";
        }
        return "<soap:Fault xmlns:soap=\"" + namespace + "\"><soap:Code><soap:Value>soap:"
                + (bySender(code) ? "Sender" : "Receiver")
                + "</soap:Value><soap:Subcode><soap:Value xmlns:problem=\"urn:chapar:problem\">problem:" + code.code()
                + "</soap:Value></soap:Subcode></soap:Code><soap:Reason><soap:Text xml:lang=\"en\">" + reason
                + "</soap:Text></soap:Reason><soap:Detail>" + document.element() + "</soap:Detail></soap:Fault>";
    }

    /** An envelope that nobody signed, with this in its body. */
    String unsigned(String bodyChild) {
        return "<soap:Envelope xmlns:soap=\"" + namespace + "\"><soap:Body>" + bodyChild
                + "</soap:Body></soap:Envelope>";
    }

    /** What may be sent again as it is has no fault of its own (SOAP 1.1, section 4.4.1). */
    private static boolean bySender(ProblemCode code) {
        return code.status() < 500 && code.retry() != ProblemCode.Retry.LATER;
    }
}
