package io.chapar.app.soap;

import io.chapar.app.door.Defects;
import io.chapar.app.door.Intake;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.cxf.Bus;
import org.apache.cxf.binding.AbstractBindingFactory;
import org.apache.cxf.binding.Binding;
import org.apache.cxf.binding.soap.Soap12;
import org.apache.cxf.binding.soap.SoapBinding;
import org.apache.cxf.message.Message;
import org.apache.cxf.message.MessageContentsList;
import org.apache.cxf.phase.AbstractPhaseInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.service.model.BindingInfo;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A CXF binding that carries envelopes as the bytes they are. CXF's own SOAP binding would read the envelope with its
 * own parser before anyone proved the signature, and would understand headers on its own; here nothing is read before
 * the stage {@code verify} has it, and what that stage proved is what is used. Faults, whoever raises them, are written
 * by the same hand and signed.
 */
final class EnvelopeBinding extends AbstractBindingFactory {

    static final String ID = "urn:chapar:binding:envelope";

    /** The attribute of a request under which its {@link Passage.Arrived} is. */
    static final String ARRIVED = EnvelopeBinding.class.getName() + ".arrived";

    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeBinding.class);

    private final SoapTeller teller;

    EnvelopeBinding(Bus bus, SoapTeller teller) {
        super(bus);
        this.teller = teller;
    }

    @Override
    public Binding createBinding(BindingInfo info) {
        SoapBinding binding = new SoapBinding(info, Soap12.getInstance());
        binding.getInInterceptors().add(new Take());
        binding.getOutInterceptors().add(new Give());
        binding.getOutFaultInterceptors().add(new GiveFault());
        return binding;
    }

    /** Takes the envelope that the servlet has taken in. */
    private static final class Take extends AbstractPhaseInterceptor<Message> {
        Take() {
            super(Phase.RECEIVE);
        }

        @Override
        public void handleMessage(Message message) {
            message.setContent(
                    List.class, new MessageContentsList(request(message).getAttribute(ARRIVED)));
        }
    }

    /** Writes the reply that the invoker made. */
    private static final class Give extends AbstractPhaseInterceptor<Message> {
        Give() {
            super(Phase.WRITE);
        }

        @Override
        public void handleMessage(Message message) {
            write(message, (SoapReply) message.getContent(List.class).get(0));
        }
    }

    /** Writes a fault for what was thrown rather than refused: a defect of ours, or a connection that broke. */
    private final class GiveFault extends AbstractPhaseInterceptor<Message> {
        GiveFault() {
            super(Phase.WRITE);
        }

        @Override
        public void handleMessage(Message message) {
            HttpServletRequest request = request(message.getExchange().getInMessage());
            String traceId = Intake.traceId(request);
            LOG.error("call failed, traceId={}: {}", traceId, Defects.place(message.getContent(Exception.class)));
            Problem problem = Problem.of(
                    ProblemCode.NOT_DURABLE, "Something failed here that has nothing to do with the message.");
            String contentType = Optional.ofNullable(request.getContentType()).orElse("");
            write(message, teller.refused(contentType, problem, traceId));
        }
    }

    private static HttpServletRequest request(Message in) {
        return Objects.requireNonNull((HttpServletRequest) in.get(AbstractHTTPDestination.HTTP_REQUEST));
    }

    private static void write(Message message, SoapReply reply) {
        message.put(Message.RESPONSE_CODE, reply.status());
        message.put(Message.CONTENT_TYPE, reply.contentType());
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", List.of(reply.contentType()));
        headers.put("Cache-Control", List.of("no-store"));
        headers.put("Content-Length", List.of(Integer.toString(reply.envelope().length)));
        reply.retryAfter()
                .ifPresent(wait -> headers.put("Retry-After", List.of(Long.toString(Math.max(1, wait.toSeconds())))));
        message.put(Message.PROTOCOL_HEADERS, headers);
        try {
            OutputStream out = message.getContent(OutputStream.class);
            out.write(reply.envelope());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
