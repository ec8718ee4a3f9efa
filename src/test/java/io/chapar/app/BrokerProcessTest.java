package io.chapar.app;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.app.catalogue.ReloadableParties;
import io.chapar.app.queue.AmqpDoor;
import io.chapar.app.queue.QueuesAtStart;
import io.chapar.app.reload.FilesWatch;
import io.chapar.message.PartyCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A broker that nodes share lets in whom the party directory names now, without a record and without agreements. */
class BrokerProcessTest {

    @TempDir
    Path folder;

    private Path file;
    private ReloadableParties parties;
    private FilesWatch watch;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("parties.yaml");
        says("Register", "mailbox");
        parties = new ReloadableParties(RealFiles.parties(file, Map.of()));
        QueuesAtStart queues = new QueuesAtStart(new AmqpDoor(Optional.empty()), parties.all(), "", true);
        watch = new BrokerProcess().partyWatch(parties, queues);
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    private void says(String name, String channel) throws IOException {
        Files.writeString(
                file,
                "parties: [{code: SPR, name: " + name + ", channel: " + channel
                        + ", certificates: {tls: [a], signing: [b]}}]");
    }

    private String name() {
        return parties.party(new PartyCode("SPR")).orElseThrow().name();
    }

    @Test
    void the_process_ends_when_the_broker_has_stopped_itself_or_when_it_is_told_to() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);

        assertThat(BrokerProcess.serves(end, () -> false)).isFalse();
        end.countDown();
        assertThat(BrokerProcess.serves(end, () -> true)).isTrue();
    }

    @Test
    void a_changed_directory_is_taken() throws IOException {
        says("Population", "mailbox");
        watch.look();
        watch.look();

        assertThat(name()).isEqualTo("Population");
        assertThat(watch.refused()).isFalse();
    }

    @Test
    void refused_when_it_takes_queues_that_were_not_made_at_the_start() throws IOException {
        says("Population", "queue");
        watch.look();
        watch.look();

        assertThat(name()).isEqualTo("Register");
        assertThat(watch.refused()).isTrue();
    }
}
