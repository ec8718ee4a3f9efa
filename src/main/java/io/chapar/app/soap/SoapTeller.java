package io.chapar.app.soap;

import io.chapar.app.door.ProblemDocument;
import io.chapar.app.door.Replies;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Signer;
import io.chapar.trust.KeyUnavailable;
import io.chapar.trust.Receipts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an outcome in an envelope, signed as the caller's own was: Body and Timestamp. */
final class SoapTeller {

    private static final byte[] PROLOG = "<?xml".getBytes(StandardCharsets.US_ASCII);

    private static final Logger LOG = LoggerFactory.getLogger(SoapTeller.class);

    private final Signer signer;
    private final Replies replies;

    SoapTeller(Signer signer, Replies replies) {
        this.signer = signer;
        this.replies = replies;
    }

    /** While nothing can be signed, that and nothing else; what was accepted is answered by the same receipt later. */
    SoapReply tell(Passage.Outcome outcome) {
        EnvelopeForm form = EnvelopeForm.of(outcome.arrived().contentType());
        try {
            return signed(form, outcome);
        } catch (KeyUnavailable e) {
            return unsigned(form, e, outcome.arrived().traceId());
        }
    }

    private static SoapReply unsigned(EnvelopeForm form, KeyUnavailable away, String traceId) {
        LOG.warn("nothing can be signed now, traceId={}: {}", traceId, away.getMessage());
        Problem problem = Problem.of(ProblemCode.NOT_DURABLE, Replies.NO_KEY);
        String fault = form.fault(new ProblemDocument(problem, Optional.empty(), traceId));
        return new SoapReply(
                form.faultStatus(problem.code()),
                form.contentType(),
                form.unsigned(fault).getBytes(StandardCharsets.UTF_8),
                problem.retryAfter());
    }

    private SoapReply signed(EnvelopeForm form, Passage.Outcome outcome) {
        if (outcome instanceof Passage.Recorded recorded) {
            // Not the stored XML receipt: over SOAP the envelope is signed, and nothing inside the document.
            return well(form, Receipts.element(recorded.receipt()));
        }
        if (outcome instanceof Passage.Answered answered) {
            return well(form, answered.document());
        }
        if (outcome instanceof Passage.Checked checked) {
            return well(form, checked(checked));
        }
        Passage.Refused refused = (Passage.Refused) outcome;
        return fault(
                form, refused.problem(), refused.messageId(), refused.arrived().traceId());
    }

    /** What was refused before the straight way, or failed beside it. */
    SoapReply refused(String contentType, Problem problem, String traceId) {
        EnvelopeForm form = EnvelopeForm.of(contentType);
        try {
            return fault(form, problem, Optional.empty(), traceId);
        } catch (KeyUnavailable e) {
            return unsigned(form, e, traceId);
        }
    }

    private SoapReply fault(EnvelopeForm form, Problem problem, Optional<UUID> messageId, String traceId) {
        String fault = form.fault(new ProblemDocument(problem, messageId, traceId));
        return new SoapReply(
                form.faultStatus(problem.code()),
                form.contentType(),
                replies.inTurn(() -> envelope(form, fault.getBytes(StandardCharsets.UTF_8))),
                problem.retryAfter());
    }

    private SoapReply well(EnvelopeForm form, byte[] document) {
        return new SoapReply(200, form.contentType(), envelope(form, withoutProlog(document)), Optional.empty());
    }

    private byte[] envelope(EnvelopeForm form, byte[] bodyChild) {
        return signer.envelope(bodyChild, form == EnvelopeForm.SOAP_12);
    }

    private static byte[] checked(Passage.Checked checked) {
        StringBuilder text = new StringBuilder("<checked xmlns=\"" + Receipts.NAMESPACE + "\"><messageId>"
                + checked.messageId() + "</messageId><exchange>"
                + checked.exchange().exchange()
                + "</exchange><version>" + checked.exchange().version() + "</version>");
        for (PartyCode receiver : checked.receivers()) {
            text.append("<receiver>").append(receiver).append("</receiver>");
        }
        return text.append("</checked>").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** An XML declaration may stand only at the very beginning, where the envelope's is. */
    private static byte[] withoutProlog(byte[] document) {
        if (document.length < PROLOG.length || !Arrays.equals(document, 0, PROLOG.length, PROLOG, 0, PROLOG.length)) {
            return document;
        }
        int at = PROLOG.length;
        while (document[at] != '>') {
            at++;
        }
        return Arrays.copyOfRange(document, at + 1, document.length);
    }
}
