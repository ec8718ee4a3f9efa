package io.chapar.app.rest;

import io.chapar.app.batch.BatchDoor;
import io.chapar.app.batch.BatchId;
import io.chapar.app.batch.ContentRange;
import io.chapar.app.door.BodyNotWhole;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.Intake;
import io.chapar.app.door.JsonText;
import io.chapar.app.door.Replies;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.connector.ClientAbortException;

/** {@code /api/v1/exchanges/{exchange}/batches/{batchId}}: many messages in one upload. */
final class Bulk {

    /** As resumable uploads of HTTP call it. */
    private static final String OFFSET = "Upload-Offset";

    private static final String STATE = "Batch-State";

    private final Intake intake;
    private final CallerIdentity identity;
    private final BatchDoor door;
    private final Replies replies;

    Bulk(Intake intake, CallerIdentity identity, BatchDoor door, Replies replies) {
        this.intake = intake;
        this.identity = identity;
        this.door = door;
        this.replies = replies;
    }

    /** {@code PUT}: all of it, or a piece. */
    void put(Visit visit) throws Refusal, IOException {
        HttpServletRequest request = visit.request();
        Passage.Arrived call = intake.bare(request, Passage.Door.BATCH, visit.variable(0));
        Party party = identity.party(call);
        BatchId id = id(visit, party)
                .orElseThrow(() -> Visit.malformed("The id of a batch is a UUID in small letters, of your choice."));
        if (request.getHeader("Content-Encoding") != null) {
            throw new Refusal(ProblemCode.MEDIA_TYPE, "A batch comes without a Content-Encoding.");
        }
        long length = request.getContentLengthLong();
        ContentRange range = ContentRange.of(
                Optional.ofNullable(request.getHeader("Content-Range")),
                length < 0 ? Optional.empty() : Optional.of(length));
        boolean complete;
        try {
            complete = door.receive(party, id, call, range, intake.endless(request));
        } catch (Refusal refusal) {
            if (refusal.problem().code() == ProblemCode.UPLOAD_OFFSET) {
                visit.response()
                        .setHeader(OFFSET, String.valueOf(door.status(id).get("received")));
            }
            throw refusal;
        } catch (ClientAbortException gone) {
            throw new Refusal(BodyNotWhole.PROBLEM);
        }
        tell(visit, complete ? HttpServletResponse.SC_ACCEPTED : HttpServletResponse.SC_OK, door.status(id));
    }

    /** {@code GET} and {@code HEAD}: where it stands. */
    void look(Visit visit) throws Refusal, IOException {
        tell(visit, HttpServletResponse.SC_OK, door.status(own(visit)));
    }

    /** {@code GET .../receipts?from=N}: what became of each message, a line for each. */
    void receipts(Visit visit) throws Refusal, IOException {
        BatchId id = own(visit);
        int from = visit.number("from", 1, Integer.MAX_VALUE);
        HttpServletResponse response = visit.response();
        // Asked before: when it says done, the lines that follow are all there will ever be.
        Map<String, Object> status = door.status(id);
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(BatchDoor.LINES);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(STATE, String.valueOf(status.get("state")));
        if (!visit.request().getMethod().equals("HEAD")) {
            try {
                door.results(id, from, response.getOutputStream());
            } catch (Refusal refusal) {
                // A refusal has no state, and is no list.
                response.reset();
                throw refusal;
            }
        }
    }

    /** {@code DELETE}: takes it back, while it is not complete. */
    void delete(Visit visit) throws Refusal, IOException {
        door.forget(own(visit));
        visit.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private BatchId own(Visit visit) throws Refusal {
        Party party = identity.party(intake.bare(visit.request()));
        return id(visit, party).orElseThrow(BatchDoor::unknown);
    }

    private static Optional<BatchId> id(Visit visit, Party party) {
        return Visit.uuid(visit.variable(1)).map(id -> new BatchId(party.code(), visit.variable(0), id));
    }

    private void tell(Visit visit, int code, Map<String, Object> status) throws IOException {
        visit.response().setHeader(OFFSET, String.valueOf(status.get("received")));
        visit.response().setHeader(STATE, String.valueOf(status.get("state")));
        replies.send(visit.response(), code, Format.JSON.mediaType(), JsonText.write(status));
    }
}
