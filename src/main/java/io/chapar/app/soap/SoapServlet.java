package io.chapar.app.soap;

import io.chapar.accept.ContentType;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.DoorSettings;
import io.chapar.app.door.Intake;
import io.chapar.app.door.QueryParameters;
import io.chapar.app.door.Replies;
import io.chapar.app.door.StraightWay;
import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.Party;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.apache.cxf.Bus;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;

/**
 * CXF's servlet under {@code /ws}. It answers a GET with the WSDL, to those parties whom the exchange concerns, also
 * before its agreement is in force: clients are made before. To others there is no such exchange. With
 * {@code side=receiver} it is what the gateway calls.
 */
final class SoapServlet extends CXFNonSpringServlet {

    private static final long serialVersionUID = 1L;

    private final transient Catalogue catalogue;
    private final transient Intake intake;
    private final transient CallerIdentity identity;
    private final transient Replies replies;
    private final transient StraightWay way;
    private final transient SoapTeller teller;
    private final transient Wsdl wsdl;
    private final transient Optional<URI> publicAddress;

    SoapServlet(
            Bus bus,
            Catalogue catalogue,
            Intake intake,
            CallerIdentity identity,
            Replies replies,
            StraightWay way,
            SoapTeller teller,
            Wsdl wsdl,
            DoorSettings settings) {
        setBus(bus);
        this.catalogue = catalogue;
        this.intake = intake;
        this.identity = identity;
        this.replies = replies;
        this.way = way;
        this.teller = teller;
        this.wsdl = wsdl;
        this.publicAddress = settings.publicAddress();
    }

    /** The entrance of all methods: below it CXF would make no difference between them. */
    @Override
    public void service(ServletRequest anyRequest, ServletResponse anyResponse) throws ServletException, IOException {
        HttpServletRequest request = (HttpServletRequest) anyRequest;
        HttpServletResponse response = (HttpServletResponse) anyResponse;
        try {
            String exchange = exchange(request);
            switch (request.getMethod()) {
                case "POST" -> post(request, response, exchange);
                case "GET", "HEAD" -> describe(request, response, exchange);
                default -> other(request, response);
            }
        } catch (Refusal refusal) {
            replies.refuse(request, response, refusal.problem(), Optional.empty());
        }
    }

    private void post(HttpServletRequest request, HttpServletResponse response, String exchange)
            throws ServletException, IOException, Refusal {
        boolean validateOnly;
        try {
            validateOnly = QueryParameters.of(request)
                    .only(Set.of(QueryParameters.VALIDATE_ONLY))
                    .flag(QueryParameters.VALIDATE_ONLY);
        } catch (Refusal refusal) {
            String contentType = Optional.ofNullable(request.getContentType()).orElse("");
            send(response, teller.refused(contentType, refusal.problem(), Intake.traceId(request)));
            return;
        }
        Passage.Arrived arrived = intake.read(request, Passage.Door.SOAP, exchange, validateOnly);
        if (catalogue.knows(exchange) && hasKnownCharset(request)) {
            request.setAttribute(EnvelopeBinding.ARRIVED, arrived);
            super.service(request, response);
            return;
        }
        // No endpoint stands here, or it would fail before it looks; the straight way knows how to say so.
        send(response, teller.tell(way.travel(arrived)));
    }

    private void send(HttpServletResponse response, SoapReply reply) throws IOException {
        Replies.retryAfter(response, reply.retryAfter());
        replies.send(response, reply.status(), reply.contentType(), reply.envelope());
    }

    private static boolean hasKnownCharset(HttpServletRequest request) {
        return ContentType.of(Optional.ofNullable(request.getContentType()).orElse(""))
                .filter(type ->
                        type.parameter("charset").filter(name -> !isKnown(name)).isEmpty())
                .isPresent();
    }

    private static boolean isKnown(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    private void describe(HttpServletRequest request, HttpServletResponse response, String exchange)
            throws Refusal, IOException {
        if (request.getParameter("wsdl") == null && request.getParameter("WSDL") == null) {
            other(request, response);
            return;
        }
        Party caller = identity.party(intake.bare(request));
        Optional<String> version = Optional.ofNullable(request.getParameter("version"));
        Agreement agreement = catalogue.concerning(caller).stream()
                .filter(each -> each.exchange().exchange().equals(exchange))
                .filter(each -> version.isEmpty()
                        || version.get().equals(each.exchange().version()))
                .max(Comparator.comparing(Agreement::exchange))
                .orElseThrow(SoapServlet::unknown);
        byte[] text = ofReceiver(request)
                ? wsdl.receiverText(agreement, address(caller, agreement))
                : wsdl.text(agreement, address(request, exchange));
        replies.send(response, HttpServletResponse.SC_OK, "text/xml; charset=utf-8", text);
    }

    private static boolean ofReceiver(HttpServletRequest request) throws Refusal {
        String side = Optional.ofNullable(request.getParameter("side")).orElse("sender");
        if (!side.equals("sender") && !side.equals("receiver")) {
            throw new Refusal(ProblemCode.MALFORMED, "The parameter side is sender or receiver.");
        }
        return side.equals("receiver");
    }

    /** Where the directory says that the caller itself is called; who is not called yet puts its own in its place. */
    private static String address(Party caller, Agreement agreement) {
        Optional<URI> own = agreement.pattern() == Agreement.Pattern.QUERY ? caller.queries() : caller.address();
        return own.map(URI::toString).orElse("https://receiver.example/");
    }

    private static void other(HttpServletRequest request, HttpServletResponse response) throws Refusal {
        response.setHeader("Allow", "GET, HEAD, POST, OPTIONS");
        if (request.getMethod().equals("OPTIONS")) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        throw new Refusal(
                ProblemCode.METHOD_NOT_ALLOWED, "Envelopes are sent here by POST; GET with ?wsdl describes how.");
    }

    private static String exchange(HttpServletRequest request) throws Refusal {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        if (path.length() < 2 || path.indexOf('/', 1) >= 0) {
            throw unknown();
        }
        return path.substring(1);
    }

    private static Refusal unknown() {
        return new Refusal(ProblemCode.UNKNOWN_EXCHANGE, "The address names an exchange that does not exist.");
    }

    /** Where the caller reached us, unless a setting says where callers reach us. */
    private String address(HttpServletRequest request, String exchange) {
        String path = "/ws/" + exchange;
        return publicAddress
                .map(base -> base.resolve(path).toString())
                .orElseGet(() -> "https://" + request.getServerName() + ":" + request.getServerPort() + path);
    }
}
