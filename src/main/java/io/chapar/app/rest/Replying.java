package io.chapar.app.rest;

import io.chapar.app.door.Acknowledgements;
import io.chapar.app.door.Intake;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What a receiver says over REST about a delivery from its mailbox. */
final class Replying {

    private final Intake intake;
    private final Acknowledgements acknowledgements;

    Replying(Intake intake, Acknowledgements acknowledgements) {
        this.intake = intake;
        this.acknowledgements = acknowledgements;
    }

    /** {@code POST /api/v1/deliveries/{deliveryId}/acknowledgement}. */
    void acknowledge(Visit visit) throws Refusal, IOException {
        acknowledgements.acknowledge(read(visit), visit.id(0));
        visit.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** {@code POST /api/v1/deliveries/{deliveryId}/refusal}. */
    void refuse(Visit visit) throws Refusal, IOException {
        acknowledgements.refuse(read(visit), visit.id(0));
        visit.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private Passage.Arrived read(Visit visit) throws Refusal, IOException {
        return intake.read(visit.request(), Passage.Door.REST, "", false);
    }
}
