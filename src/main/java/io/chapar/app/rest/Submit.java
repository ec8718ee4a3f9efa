package io.chapar.app.rest;

import io.chapar.app.door.Intake;
import io.chapar.app.door.JsonText;
import io.chapar.app.door.QueryParameters;
import io.chapar.app.door.Replies;
import io.chapar.app.door.StraightWay;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code POST /api/v1/exchanges/{exchange}}: a message, or a question, goes in and its outcome comes out. */
final class Submit implements Call {

    static final String RECEIPT = "application/jose";

    private final Intake intake;
    private final StraightWay way;
    private final Replies replies;

    Submit(Intake intake, StraightWay way, Replies replies) {
        this.intake = intake;
        this.way = way;
        this.replies = replies;
    }

    @Override
    public void answer(Visit visit) throws Refusal, IOException {
        boolean validateOnly = visit.query().flag(QueryParameters.VALIDATE_ONLY);
        Passage.Arrived arrived = intake.read(visit.request(), Passage.Door.REST, visit.variable(0), validateOnly);
        tell(visit.response(), way.travel(arrived));
    }

    @Override
    public Set<String> parameters() {
        return Set.of(QueryParameters.VALIDATE_ONLY);
    }

    private void tell(HttpServletResponse response, Passage.Outcome outcome) throws IOException {
        if (outcome instanceof Passage.Recorded recorded) {
            int status = recorded.repeat() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_ACCEPTED;
            byte[] receipt = recorded.xml().orElse(recorded.jws());
            replies.send(response, status, recorded.xml().isPresent() ? Format.XML.mediaType() : RECEIPT, receipt);
        } else if (outcome instanceof Passage.Answered answered) {
            answered.signature().ifPresent(signature -> response.setHeader(Intake.SIGNATURE, signature));
            replies.send(response, HttpServletResponse.SC_OK, answered.format().mediaType(), answered.document());
        } else if (outcome instanceof Passage.Checked checked) {
            replies.send(response, HttpServletResponse.SC_OK, Format.JSON.mediaType(), JsonText.write(facts(checked)));
        } else if (outcome instanceof Passage.Refused refused) {
            replies.refuse(
                    response,
                    refused.problem(),
                    refused.messageId(),
                    refused.arrived().traceId(),
                    refused.arrived().answerForm());
        }
    }

    private static Map<String, Object> facts(Passage.Checked checked) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("wouldBeAccepted", true);
        facts.put("messageId", checked.messageId().toString());
        facts.put("exchange", checked.exchange().exchange());
        facts.put("version", checked.exchange().version());
        facts.put(
                "receivers", checked.receivers().stream().map(PartyCode::value).toList());
        return facts;
    }
}
