package io.chapar.app.rest;

import io.chapar.accept.AttachmentLimits;
import io.chapar.app.batch.BatchDoor;
import io.chapar.app.door.Acknowledgements;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.DoorSettings;
import io.chapar.app.door.Intake;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.Replies;
import io.chapar.app.door.SchemaFiles;
import io.chapar.app.door.StraightWay;
import io.chapar.message.Catalogue;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.record.MessageRecord;
import jakarta.servlet.http.HttpServlet;

/** Everything under {@code /api}: the one list of calls and their addresses. */
public final class RestDoor implements AutoCloseable {

    private final Deliveries deliveries;
    private final RestServlet servlet;

    public RestDoor(
            Intake intake,
            CallerIdentity identity,
            Replies replies,
            StraightWay way,
            Catalogue catalogue,
            MessageRecord record,
            SchemaFiles files,
            BatchDoor batches,
            RefusedAttempts attempts,
            DoorSettings settings,
            AttachmentLimits limits) {
        ExchangeFacts facts = new ExchangeFacts(files, batches, settings.maximumBytes(), limits);
        Catalogues catalogues = new Catalogues(intake, identity, catalogue, files, replies, facts);
        Bulk bulk = new Bulk(intake, identity, batches, replies);
        Messages messages = new Messages(intake, identity, record, replies);
        Replying replying = new Replying(intake, identity, new Acknowledgements(identity, record), attempts);
        OpenApi openApi = new OpenApi(catalogue, files, settings, limits);
        this.deliveries = new Deliveries(intake, identity, new Mailbox(record, settings), replies, settings);
        this.servlet = new RestServlet(
                new Addresses()
                        .add("POST", "v1/exchanges/{}", new Submit(intake, way, replies))
                        .add("PUT", "v1/exchanges/{}/batches/{}", bulk::put)
                        .look("v1/exchanges/{}/batches/{}", bulk::look)
                        .add("DELETE", "v1/exchanges/{}/batches/{}", bulk::delete)
                        .look("v1/exchanges/{}/batches/{}/receipts", bulk::receipts)
                        .look("v1/exchanges", catalogues::list)
                        .look("v1/exchanges/{}/{}/{}", catalogues::schema)
                        .look("v1/exchanges/{}/{}/samples/{}", catalogues::sample)
                        .look("v1/messages", messages::list)
                        .look("v1/messages/{}", messages::one)
                        .add("GET", "v1/deliveries", deliveries)
                        .add("POST", "v1/deliveries/{}/acknowledgement", replying::acknowledge)
                        .add("POST", "v1/deliveries/{}/refusal", replying::refuse)
                        .look("v1/openapi.json", visit -> {
                            Party party = identity.party(intake.bare(visit.request()));
                            replies.send(visit.response(), 200, Format.JSON.mediaType(), openApi.document(party));
                        }),
                replies);
    }

    /** To be mapped to {@code /api/*}, with asynchronous answers allowed. */
    public HttpServlet servlet() {
        return servlet;
    }

    /** Something lies in this party's mailbox now: a caller that waits for it is answered at once. */
    public void arrived(PartyCode receiver) {
        deliveries.arrived(receiver);
    }

    /** From now on nobody waits at a mailbox: who does is answered with an empty list. */
    public void waitNoLonger() {
        deliveries.waitNoLonger();
    }

    @Override
    public void close() {
        deliveries.close();
    }
}
