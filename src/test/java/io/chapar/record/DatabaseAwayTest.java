package io.chapar.record;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** A database that goes away is told to the sender, and used again when it is back. */
class DatabaseAwayTest {

    @TempDir
    Path folder;

    private static NewMessage message() {
        return Messages.message(UUID.randomUUID(), "{}", Optional.empty(), Messages.SPR);
    }

    private static CompletableFuture<Acceptance> accepting(MessageRecord record) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return record.accept(message());
            } catch (Refusal e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private PayloadKeys keys() throws IOException {
        return PayloadKeys.open(folder.resolve("keys"), Optional.empty());
    }

    @Test
    void refused_while_another_process_locks_the_file_and_accepted_afterwards() throws Exception {
        try (Database database = Databases.SQLITE.open(folder);
                MessageRecord record = new MessageRecord(database, keys(), Messages.store(folder), Clock.systemUTC())) {
            record.accept(message());
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("chapar.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
                assertThatThrownBy(() -> record.accept(message()))
                        .isInstanceOfSatisfying(
                                Refusal.class,
                                refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.NOT_DURABLE));
                statement.execute("rollback");
            }
            assertThat(record.accept(message())).isInstanceOf(Acceptance.New.class);
            assertThat(record.equation().messages()).isEqualTo(2);
        }
    }

    @Test
    void not_durable_when_nobody_can_look_whether_it_is_a_repeat() throws Exception {
        try (Database database = Databases.SQLITE.open(folder);
                MessageRecord record = new MessageRecord(database, keys(), Messages.store(folder), Clock.systemUTC())) {
            AcceptedBefore before = new AcceptedBefore(database);
            NewMessage known = message();
            record.accept(known);
            assertThat(before.apply(known.authorised().validated())).isTrue();
            assertThat(before.apply(message().authorised().validated())).isFalse();
            assertThat(before.isUsed(known.authorised().header())).isTrue();
            assertThat(before.isUsed(message().authorised().header())).isFalse();

            database.close();

            assertThatThrownBy(() -> before.apply(known.authorised().validated()))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.NOT_DURABLE));
        }
    }

    @Test
    void what_the_database_will_never_have_is_no_database_that_is_away() throws Exception {
        try (Database database = Databases.SQLITE.open(folder);
                MessageRecord record = new MessageRecord(database, keys(), Messages.store(folder), Clock.systemUTC())) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("chapar.db"));
                    Statement statement = other.createStatement()) {
                statement.execute("create trigger never before insert on claim begin select raise(abort, 'no'); end");
                assertThatThrownBy(() -> record.accept(message())).isInstanceOf(Unrecordable.class);
                statement.execute("drop trigger never");
            }
            assertThat(record.accept(message())).isInstanceOf(Acceptance.New.class);
        }
    }

    @Test
    void refused_when_too_much_waits() throws Exception {
        CountDownLatch publishing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Database database = Databases.SQLITE.open(folder);
                MessageRecord record = new MessageRecord(
                        database, keys(), Messages.store(folder), Clock.systemUTC(), 1, Duration.ofSeconds(20))) {
            record.onDurable(tickets -> {
                publishing.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            CompletableFuture<Acceptance> first = accepting(record);
            publishing.await();
            AtomicBoolean accepted = new AtomicBoolean();
            Thread queued = new Thread(() -> {
                try {
                    accepted.set(record.accept(message()) instanceof Acceptance.New);
                } catch (Refusal e) {
                    accepted.set(false);
                }
            });
            queued.start();
            org.awaitility.Awaitility.await().until(() -> queued.getState() == Thread.State.TIMED_WAITING);

            assertThatThrownBy(() -> record.accept(message()))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.NOT_DURABLE));
            // Its delivery is not handed on yet.
            assertThat(first).failsWithin(Duration.ofMillis(100)).withThrowableOfType(TimeoutException.class);
            goOn.countDown();
            assertThat(first.get()).isInstanceOf(Acceptance.New.class);
            queued.join();
            assertThat(accepted).isTrue();
            assertThat(record.equation().messages()).isEqualTo(2);
        }
    }

    @Test
    void what_its_caller_gave_up_makes_room_while_the_database_hangs() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Database database = Databases.SQLITE.open(folder);
                MessageRecord record = new MessageRecord(
                        database, keys(), Messages.store(folder), Clock.systemUTC(), 1, Duration.ofSeconds(3))) {
            record.onDurable(tickets -> {
                hanging.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            CompletableFuture<Acceptance> hangs = accepting(record);
            hanging.await();
            try {
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> record.accept(message()))
                            .isInstanceOfSatisfying(
                                    Refusal.class,
                                    refusal -> assertThat(String.valueOf(
                                                    refusal.problem().detail()))
                                            .contains("nothing was recorded"));
                }
            } finally {
                goOn.countDown();
            }
            assertThat(hangs).failsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void what_was_accepted_is_there_and_what_was_refused_is_not_when_connections_are_cut() throws Exception {
        String url = Databases.POSTGRESQL.url();
        AtomicLong accepted = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        AtomicBoolean stop = new AtomicBoolean();
        try (Database database = Database.open(url, folder);
                MessageRecord record = new MessageRecord(database, keys(), Messages.store(folder), Clock.systemUTC())) {
            Thread[] senders = new Thread[8];
            for (int i = 0; i < senders.length; i++) {
                senders[i] = new Thread(() -> {
                    while (!stop.get()) {
                        try {
                            record.accept(message());
                            accepted.incrementAndGet();
                        } catch (Refusal e) {
                            refused.incrementAndGet();
                        }
                    }
                });
                senders[i].start();
            }
            for (int cut = 0; cut < 10; cut++) {
                long before = accepted.get();
                org.awaitility.Awaitility.await().until(() -> accepted.get() > before + 20);
                try (Connection other = DriverManager.getConnection(url);
                        Statement statement = other.createStatement()) {
                    statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where pid <> pg_backend_pid() and datname = current_database()");
                }
            }
            long before = accepted.get();
            org.awaitility.Awaitility.await().until(() -> accepted.get() > before + 20);
            stop.set(true);
            for (Thread sender : senders) {
                sender.join();
            }
            Equation equation = record.equation();
            assertThat(equation.holds()).isTrue();
            assertThat(equation.messages()).isEqualTo(accepted.get());
            assertThat(record.healthy()).isTrue();
        }
    }

    @Test
    void that_it_is_away_and_back_is_told_once_each_however_much_is_refused() throws Exception {
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.list = new CopyOnWriteArrayList<>();
        told.start();
        Logger log = (Logger) LoggerFactory.getLogger(GroupCommit.class);
        log.addAppender(told);
        String url = Databases.POSTGRESQL.url();
        String name = url.replaceFirst(".*/(\\w+).*", "$1");
        try (Connection other = DriverManager.getConnection(url.replace(name, "postgres"));
                Statement statement = other.createStatement();
                Database database = Database.open(url, folder);
                MessageRecord record = new MessageRecord(database, keys(), Messages.store(folder), Clock.systemUTC())) {
            record.accept(message());
            statement.execute("alter database " + name + " allow_connections false");
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> record.accept(message())).isInstanceOf(Refusal.class);
            }
            statement.execute("alter database " + name + " allow_connections true");
            assertThat(record.accept(message())).isInstanceOf(Acceptance.New.class);
            assertThat(record.accept(message())).isInstanceOf(Acceptance.New.class);

            assertThat(told.list)
                    .extracting(ILoggingEvent::getLevel, ILoggingEvent::getThrowableProxy)
                    .containsExactly(tuple(Level.ERROR, null), tuple(Level.INFO, null));
            assertThat(told.list.get(0).getFormattedMessage()).contains("takes nothing");
            assertThat(told.list.get(1).getFormattedMessage()).endsWith("refused meanwhile: 5");
        } finally {
            log.detachAppender(told);
        }
    }

    @Test
    void a_second_gateway_on_the_same_folder_is_told_so() throws Exception {
        try (DataFolder first = DataFolder.claim(folder)) {
            assertThat(first.path()).isEqualTo(folder);
            assertThatThrownBy(() -> DataFolder.claim(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Another gateway runs on the data folder");
        }
        DataFolder.claim(folder).close();
    }
}
