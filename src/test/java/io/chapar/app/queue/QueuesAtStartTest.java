package io.chapar.app.queue;

import io.chapar.app.broker.AmqpAccess;
import io.chapar.app.catalogue.CatalogueRefused;
import io.chapar.message.Party;
import io.chapar.message.Party.ClearQueues;
import io.chapar.trust.TestPki;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static io.chapar.app.queue.QueueOwnersTest.party;
import static org.assertj.core.api.Assertions.assertThat;

/** What a running process cannot make, and what would stop a start, is not taken from a new directory. */
class QueuesAtStartTest {

    private static final TestPki PKI = new TestPki("queues at start");
    private static final Party MH = party("MH", Party.Channel.REST, Optional.empty());
    private static final Party SSC = party("SSC", Party.Channel.QUEUE, Optional.empty());
    private static final Party SMS = party("SMS", Party.Channel.REST, Optional.of(ClearQueues.ENCRYPTED_VOLUME));
    private static final Party HOTEL = party("HOTEL-3", Party.Channel.MAILBOX, Optional.empty());

    private static List<String> complaints(QueuesAtStart queues, Party... fresh) {
        try {
            queues.check(List.of(fresh));
            return List.of();
        } catch (CatalogueRefused e) {
            return e.complaints();
        }
    }

    /** In production, with AMQP, and nothing said of all parties. */
    private static QueuesAtStart with(Party... started) {
        AmqpAccess access = new AmqpAccess(
                "localhost",
                0,
                List.of(),
                () -> {
                    throw new IllegalStateException("nobody connects");
                },
                chain -> Optional.empty(),
                QueueOwners.of(List.of(started), "", false),
                1,
                1);
        return new QueuesAtStart(new AmqpDoor(Optional.of(access)), List.of(started), "", false);
    }

    private static QueuesAtStart withoutAmqp() {
        return new QueuesAtStart(new AmqpDoor(Optional.empty()), Set.of(MH), "", false);
    }

    @Test
    void refused_when_whose_queues_there_are_would_change() {
        Party otherwise = party(
                "SMS",
                Party.Channel.REST,
                Optional.of(ClearQueues.JWE),
                List.of(PKI.encryption("SMS").certificate()));

        assertThat(complaints(with(MH, SMS), MH)).singleElement().asString().contains("SMS has queues");
        assertThat(complaints(with(MH, SMS), MH, otherwise))
                .singleElement()
                .asString()
                .contains("SMS has queues");
    }

    @Test
    void refused_when_the_channel_is_a_queue_that_nobody_made() {
        assertThat(complaints(with(MH, SMS), MH, SMS, SSC))
                .anyMatch(complaint -> complaint.contains("the channel of SSC is queue, and it has none"));
        assertThat(complaints(withoutAmqp(), MH, SSC))
                .singleElement()
                .asString()
                .contains("the channel of SSC is queue, and it has none");
    }

    @Test
    void refused_when_a_party_could_not_be_encrypted_to_any_more() {
        Party encrypts = party(
                "SSC",
                Party.Channel.QUEUE,
                Optional.of(ClearQueues.JWE),
                List.of(PKI.encryption("SSC").certificate()));
        Party signs = party(
                "SSC",
                Party.Channel.QUEUE,
                Optional.of(ClearQueues.JWE),
                List.of(PKI.signing("SSC").certificate()));

        assertThat(complaints(with(MH, encrypts), MH, encrypts)).isEmpty();
        assertThat(complaints(with(MH, encrypts), MH, signs))
                .singleElement()
                .asString()
                .contains("chapar.parties.SSC.clear-queues is jwe", "certificates.encryption");
    }

    @Test
    void refused_when_a_new_party_would_be_unprotected_in_production() {
        Party unprotected = party("HOTEL-3", Party.Channel.MAILBOX, Optional.of(ClearQueues.SANDBOX));

        assertThat(complaints(with(MH, SMS), MH, SMS, unprotected))
                .singleElement()
                .asString()
                .contains("chapar.parties.HOTEL-3.clear-queues is sandbox");
    }

    @Test
    void without_amqp_nothing_is_said_of_queues_that_nobody_has() {
        assertThat(complaints(withoutAmqp(), MH, party("HOTEL-3", Party.Channel.MAILBOX, Optional.of(ClearQueues.JWE))))
                .isEmpty();
    }

    @Test
    void a_party_without_queues_may_come_and_one_may_go() {
        assertThat(complaints(with(MH, SMS), SMS, HOTEL)).isEmpty();
    }
}
