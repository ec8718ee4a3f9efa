package io.chapar.record;

import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.sandbox.faults.InstalledPostgres;
import io.chapar.trust.PayloadKeys;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** PostgreSQL loses all its processes at once while messages come in, and is started again. */
class DatabaseKilledTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicBoolean stop = new AtomicBoolean();

    private EmbeddedPostgres.Builder server() {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("database"))
                .setCleanDataDirectory(false);
    }

    private void kill(EmbeddedPostgres server) throws IOException {
        InstalledPostgres.killAll(
                InstalledPostgres.postmaster(folder.resolve("database")).orElseThrow());
        server.close();
    }

    private Thread sending(MessageRecord record) {
        Thread sender = new Thread(() -> {
            while (!stop.get()) {
                try {
                    record.accept(Messages.message(UUID.randomUUID(), "{}", Optional.empty(), Messages.SPR));
                    accepted.incrementAndGet();
                } catch (Refusal e) {
                    if (e.problem().code() == ProblemCode.NOT_DURABLE) {
                        refused.incrementAndGet();
                    }
                }
            }
        });
        sender.start();
        return sender;
    }

    @Test
    void refused_while_it_is_away_and_everything_accepted_is_there_when_it_is_back() throws Exception {
        EmbeddedPostgres first = server().start();
        try (Database database = Database.open(first.getJdbcUrl("postgres", "postgres"), folder);
                MessageRecord record = new MessageRecord(
                        database,
                        PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                        Messages.store(folder),
                        Clock.systemUTC());
                Nodes nodes = record.nodes(database, UUID.randomUUID(), false)) {
            nodes.join();
            Thread sender = sending(record);
            await().atMost(PATIENCE).until(() -> accepted.get() > 20);

            kill(first);
            await().atMost(PATIENCE).until(() -> refused.get() > 0);
            assertThat(record.healthy()).isFalse();

            long before = accepted.get();
            try (EmbeddedPostgres second = server().setPort(first.getPort()).start()) {
                await().atMost(PATIENCE).until(() -> accepted.get() > before + 20);
                stop.set(true);
                sender.join();
                assertThat(second.getPort()).isEqualTo(first.getPort());
                assertThat(record.healthy()).isTrue();
                assertThat(record.equation().messages()).isEqualTo(accepted.get());
                assertThat(record.equation().holds()).isTrue();
                await().atMost(PATIENCE).until(() -> database.tenure().lastsSince(System.nanoTime()));
            }
        } finally {
            stop.set(true);
        }
    }
}
