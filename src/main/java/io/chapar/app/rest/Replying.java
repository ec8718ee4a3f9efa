package io.chapar.app.rest;

import io.chapar.app.door.Acknowledgements;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.Intake;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.Turns;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** What a receiver says over REST about a delivery from its mailbox. */
final class Replying {

    /** Most of the time they wait for the record, and each for others to be written together with. */
    private static final int AT_ONCE = 8 * Runtime.getRuntime().availableProcessors();

    private final Turns turns = Turns.together(
            AT_ONCE, "You say so much about deliveries at once that this was not looked at. Send fewer at once.");
    private final Intake intake;
    private final CallerIdentity identity;
    private final Acknowledgements acknowledgements;
    private final RefusedAttempts attempts;

    Replying(Intake intake, CallerIdentity identity, Acknowledgements acknowledgements, RefusedAttempts attempts) {
        this.intake = intake;
        this.identity = identity;
        this.acknowledgements = acknowledgements;
        this.attempts = attempts;
    }

    /** What is said about the delivery that is addressed. */
    @FunctionalInterface
    private interface Saying {
        void about(Passage.Arrived arrived, UUID delivery) throws Refusal;
    }

    /** {@code POST /api/v1/deliveries/{deliveryId}/acknowledgement}. */
    void acknowledge(Visit visit) throws Refusal, IOException {
        take(visit, acknowledgements::acknowledge);
    }

    /** {@code POST /api/v1/deliveries/{deliveryId}/refusal}. */
    void refuse(Visit visit) throws Refusal, IOException {
        take(visit, acknowledgements::refuse);
    }

    private void heard(Passage.Arrived arrived, PartyCode party, UUID delivery, Saying saying) throws Refusal {
        try {
            saying.about(arrived, delivery);
        } catch (Refusal refusal) {
            attempts.note(new Passage.Refused(arrived, refusal.problem(), Optional.empty()), party);
            throw refusal;
        }
    }

    private void take(Visit visit, Saying saying) throws Refusal, IOException {
        UUID delivery = visit.id(0);
        Passage.Arrived arrived = intake.read(visit.request(), Passage.Door.REST, "", false);
        PartyCode party = identity.party(arrived).code();
        turns.during(party, () -> {
            heard(arrived, party, delivery, saying);
            return party;
        });
        visit.response().setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
