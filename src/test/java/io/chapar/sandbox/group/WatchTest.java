package io.chapar.sandbox.group;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.load.Source;
import io.chapar.sandbox.post.Letter;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run through several nodes must find: each loss, each double, each message that went to the wrong one. */
class WatchTest {

    private static final PartyCode MH = new PartyCode("MH");
    private static final PartyCode SPR = new PartyCode("SPR");
    private static final PartyCode MJ = new PartyCode("MJ");

    private final Stretch before = new Stretch("before");
    private final Watch watch = new Watch(before);

    @BeforeEach
    void start() {
        watch.starts();
    }

    private UUID sends(PartyCode... receivers) {
        UUID id = UUID.randomUUID();
        Letter letter = new Letter(
                MH,
                "birth-notification",
                id,
                "/",
                "application/json",
                "application/json",
                Optional.empty(),
                new byte[0]);
        watch.sends(new Source.Item(letter, Set.of(receivers)), System.nanoTime());
        return id;
    }

    private void arrives(PartyCode receiver, UUID id, boolean first) {
        watch.received(receiver, MH, id, "birth-notification", first);
    }

    @Test
    void done_when_it_has_its_receipt_and_is_with_all_its_receivers_in_any_order() {
        UUID id = sends(SPR, MJ);
        arrives(SPR, id, true);
        watch.receipt(id);
        assertThat(watch.done(watch.newest())).isFalse();

        arrives(MJ, id, true);

        assertThat(watch.done(watch.newest())).isTrue();
        assertThat(watch.underWay()).isZero();
        assertThat(watch.wrong()).isEmpty();
    }

    @Test
    void not_done_without_a_receipt_though_it_arrived() {
        UUID id = sends(SPR);
        arrives(SPR, id, true);

        assertThat(watch.done(watch.newest())).isFalse();
    }

    @Test
    void not_done_when_only_a_later_one_arrived() {
        sends(SPR);
        long first = watch.newest();
        UUID later = sends(SPR);
        watch.receipt(later);
        arrives(SPR, later, true);

        assertThat(watch.done(first)).isFalse();
    }

    @Test
    void wrong_when_somebody_is_given_what_is_not_for_it_or_under_a_second_delivery_id() {
        UUID id = sends(SPR);
        arrives(MJ, id, true);
        arrives(SPR, id, true);
        arrives(SPR, id, true);
        watch.turnedAway(SPR, "signature");

        assertThat(watch.wrong())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("MJ was given " + id))
                .anyMatch(line -> line.startsWith("SPR was given " + id))
                .anyMatch(line -> line.startsWith("SPR turned a delivery away: signature"));
    }

    @Test
    void a_repeat_under_the_same_delivery_id_counts_and_is_not_wrong() {
        UUID id = sends(SPR);
        arrives(SPR, id, true);
        arrives(SPR, id, false);

        assertThat(watch.cameAgain()).isOne();
        assertThat(watch.wrong()).isEmpty();
    }

    @Test
    void a_pause_counts_where_it_ends_and_a_message_where_it_was_sent() {
        UUID id = sends(SPR);
        Stretch killed = new Stretch("killed");
        watch.begins(killed);
        watch.receipt(id);
        arrives(SPR, id, true);

        assertThat(before.sentMessages()).isOne();
        assertThat(before.receiptsGiven()).isZero();
        assertThat(before.slowestSeconds()).isPositive();
        assertThat(killed.receiptsGiven()).isOne();
        assertThat(killed.arrivalsSeen()).isOne();
        assertThat(killed.secondsWithoutReceipt()).isPositive();
        assertThat(killed.secondsWithoutArrival()).isPositive();
    }
}
