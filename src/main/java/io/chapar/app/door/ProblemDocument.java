package io.chapar.app.door;

import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Violation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A problem as RFC 9457 writes it, in JSON or (its appendix B) in XML. */
public record ProblemDocument(Problem problem, Optional<UUID> messageId, String traceId) {

    public static final String JSON = "application/problem+json";
    public static final String XML = "application/problem+xml";

    /** RFC 9457, appendix B: the namespace kept the number of the RFC before. */
    public static final String NAMESPACE = "urn:ietf:rfc:7807";

    public byte[] json() {
        ProblemCode code = problem.code();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", code.type());
        members.put("title", code.title());
        members.put("status", code.status());
        members.put("detail", problem.detail());
        members.put("code", code.code());
        messageId.ifPresent(id -> members.put("messageId", id.toString()));
        members.put("traceId", traceId);
        if (!problem.violations().isEmpty()) {
            List<Map<String, String>> places = problem.violations().stream()
                    .map(place -> Map.of("pointer", place.pointer(), "rule", place.rule()))
                    .toList();
            members.put("violations", places);
        }
        members.put("nextStep", code.nextStep());
        members.put("retry", retry(code));
        return JsonText.write(members);
    }

    public byte[] xml() {
        return element().getBytes(StandardCharsets.UTF_8);
    }

    /** The element {@code problem}, which also stands in the detail of a SOAP fault. */
    public String element() {
        ProblemCode code = problem.code();
        StringBuilder text = new StringBuilder("<problem xmlns=\"" + NAMESPACE + "\">");
        member(text, "type", code.type());
        member(text, "title", code.title());
        member(text, "status", Integer.toString(code.status()));
        member(text, "detail", problem.detail());
        member(text, "code", code.code());
        messageId.ifPresent(id -> member(text, "messageId", id.toString()));
        member(text, "traceId", traceId);
        if (!problem.violations().isEmpty()) {
            text.append("<violations>");
            for (Violation place : problem.violations()) {
                text.append("<i>");
                member(text, "pointer", place.pointer());
                member(text, "rule", place.rule());
                text.append("</i>");
            }
            text.append("</violations>");
        }
        member(text, "nextStep", code.nextStep());
        member(text, "retry", retry(code));
        return text.append("</problem>").toString();
    }

    /** {@code never}, {@code after-change} or {@code later}. */
    public static String retry(ProblemCode code) {
        return code.retry().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void member(StringBuilder text, String name, String value) {
        text.append('<').append(name).append('>');
        XmlText.append(text, value);
        text.append("</").append(name).append('>');
    }
}
