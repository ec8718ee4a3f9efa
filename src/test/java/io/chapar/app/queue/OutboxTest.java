package io.chapar.app.queue;

import io.chapar.app.broker.Broker;
import io.chapar.app.broker.BrokerSettings;
import io.chapar.app.broker.EmbeddedBroker;
import io.chapar.message.FewParties;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.record.AttachmentStore;
import io.chapar.record.Database;
import io.chapar.record.MessageRecord;
import io.chapar.trust.PayloadKeys;
import io.chapar.trust.TestPki;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One party's queue is missing, another's cannot be asked about: the third party gets what is for it. */
class OutboxTest {

    private static final PartyCode WITHOUT_QUEUE = new PartyCode("MH");
    private static final PartyCode BROKEN = new PartyCode("MJ");
    private static final PartyCode SOUND = new PartyCode("SPR");
    private static final BrokerSettings SETTINGS =
            new BrokerSettings(99, DataSize.ofMegabytes(64), DataSize.ofMegabytes(8), 20_000, DataSize.ofMegabytes(1));

    @TempDir
    Path folder;

    private final AtomicInteger filled = new AtomicInteger();

    @Test
    void a_party_whose_queue_is_missing_or_broken_keeps_no_other_waiting() throws Exception {
        try (EmbeddedBroker inside = new EmbeddedBroker(SETTINGS, folder.resolve("broker"), List.of())) {
            inside.start();
            FewParties parties = new FewParties(List.of(party(WITHOUT_QUEUE), party(BROKEN), party(SOUND)));
            QueueEncryption clear =
                    new QueueEncryption(Set.of(), parties, new TestPki("queues").paths(folder), Optional.empty());
            try (Database database = Database.open("", folder);
                    MessageRecord record = new MessageRecord(
                            database,
                            PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                            AttachmentStore.open(folder.resolve("attachments"), Clock.systemUTC()),
                            Clock.systemUTC());
                    Outbox outbox = new Outbox(
                            record,
                            new Partly(inside.connectionFactory()),
                            parties,
                            clear,
                            Duration.ofMinutes(1),
                            10)) {
                outbox.start();
                await().atMost(Duration.ofSeconds(60)).until(() -> filled.get() > 1);

                assertThat(outbox.missingQueues().count()).isOne();
            }
        }
    }

    private static Party party(PartyCode code) {
        return new Party(
                code,
                code.value(),
                Set.of(),
                List.of(),
                List.of(),
                Party.Channel.QUEUE,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private final class Partly implements Broker {

        private final ConnectionFactory connections;

        private Partly(ConnectionFactory connections) {
            this.connections = connections;
        }

        @Override
        public boolean running() {
            return true;
        }

        @Override
        public ConnectionFactory connectionFactory() {
            return connections;
        }

        @Override
        public Set<PartyCode> owners() {
            return Set.of(WITHOUT_QUEUE, BROKEN, SOUND);
        }

        @Override
        public boolean hasToRead(PartyCode owner) {
            return !owner.equals(WITHOUT_QUEUE);
        }

        @Override
        public long toRead(PartyCode owner) {
            if (!owner.equals(SOUND)) {
                throw new IllegalStateException("the broker has no answer about the queue of " + owner);
            }
            return 0;
        }

        @Override
        public long bytesToRead(PartyCode owner) {
            filled.incrementAndGet();
            return 0;
        }

        @Override
        public void forEachToRead(PartyCode owner, Consumer<UUID> each) {
            assertThat(owner).isNotEqualTo(WITHOUT_QUEUE);
        }

        @Override
        public boolean queueFor(PartyCode party) {
            return true;
        }

        @Override
        public void forEachId(Consumer<UUID> each) {
            // Nothing is published here.
        }

        @Override
        public boolean refusesDoubles() {
            return false;
        }

        @Override
        public void admitAgain(PartyCode party, UUID deliveryId) {
            // It refuses none.
        }

        @Override
        public void close() {
            // The one inside is closed by whoever started it.
        }
    }
}
