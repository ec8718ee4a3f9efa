package io.chapar.sandbox.faults;

import io.chapar.message.PartyCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What no run may overlook. */
class SightingsTest {

    private static final PartyCode SENDER = new PartyCode("MH");
    private static final PartyCode SPR = new PartyCode("SPR");
    private static final PartyCode MJ = new PartyCode("MJ");

    private final Sightings sightings = new Sightings(2);

    @Test
    void one_that_arrived_everywhere_once_is_nowhere_complained_of() throws InterruptedException {
        Journey journey = sent();
        seen(journey, SPR, true);
        seen(journey, MJ, true);
        seen(journey, MJ, false);

        assertThat(sightings.onTheWay()).isZero();
        assertThat(sightings.astray()).isEmpty();
        assertThat(sightings.effectsOtherThanOne()).isEmpty();
        assertThat(sightings.astonishing()).isEmpty();
        assertThat(sightings.arrivals()).isEqualTo(2);
        assertThat(sightings.repeats()).isEqualTo(1);
    }

    @Test
    void lost_when_one_of_two_receivers_did_not_see_it() throws InterruptedException {
        seen(sent(), SPR, true);

        assertThat(sightings.onTheWay()).isEqualTo(1);
        assertThat(sightings.astray()).hasSize(1);
    }

    @Test
    void astray_when_somebody_else_saw_it_too() throws InterruptedException {
        Journey journey = sent();
        seen(journey, SPR, true);
        seen(journey, MJ, true);
        seen(journey, SENDER, true);

        assertThat(sightings.astray()).hasSize(1);
    }

    @Test
    void a_second_effect_when_it_came_under_another_delivery_id() throws InterruptedException {
        Journey journey = sent();
        seen(journey, SPR, true);
        seen(journey, MJ, true);
        seen(journey, MJ, true);

        assertThat(sightings.effectsOtherThanOne()).hasSize(1);
    }

    @Test
    void astonishing_when_nobody_sent_it_or_it_was_turned_away() {
        sightings.received(SPR, SENDER, UUID.randomUUID(), "birth-notification", true);
        sightings.turnedAway(SPR, "malformed");
        sightings.turnedAway(SPR, "told-to-refuse");

        assertThat(sightings.astonishing()).hasSize(2);
    }

    @Test
    void out_of_order_when_one_receiver_saw_the_later_receipt_first() throws InterruptedException {
        Journey earlier = sent();
        Journey later = sent();
        seen(earlier, SPR, true);
        seen(later, MJ, true);
        seen(later, SPR, true);
        seen(earlier, MJ, true);

        assertThat(Sightings.outOfOrder(List.of(earlier, later)))
                .singleElement()
                .asString()
                .startsWith("MJ saw ");
    }

    @Test
    void a_repeat_of_the_earlier_one_after_the_later_one_is_in_order() throws InterruptedException {
        Journey earlier = sent();
        Journey later = sent();
        seen(earlier, SPR, true);
        seen(later, SPR, true);
        seen(earlier, SPR, false);

        assertThat(Sightings.outOfOrder(List.of(earlier, later))).isEmpty();
    }

    private Journey sent() throws InterruptedException {
        Journey journey = new Journey(UUID.randomUUID(), Optional.of("key"), Set.of(SPR, MJ));
        sightings.expect(journey);
        return journey;
    }

    private void seen(Journey journey, PartyCode receiver, boolean first) {
        sightings.received(receiver, SENDER, journey.messageId(), "birth-notification", first);
    }
}
