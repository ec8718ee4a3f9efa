package io.chapar.record;

import io.chapar.message.Dispatch;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.PayloadKeys;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A node that loses its place among those that share a database, for a moment or to another process. */
@Execution(ExecutionMode.CONCURRENT)
class NodesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HOLDER = "select pid from pg_locks where locktype = 'advisory' and granted"
            + " and classid = " + NodeLock.CLASS + " and objid = ? and objsubid = 2"
            + " and database = (select oid from pg_database where datname = current_database())";

    @TempDir
    Path folder;

    private final UUID self = UUID.randomUUID();
    private String url;
    private Database database;
    private MessageRecord record;
    private Nodes nodes;

    @BeforeEach
    void start() throws Exception {
        url = Databases.POSTGRESQL.url();
        database = Database.open(url, folder);
        record = new MessageRecord(
                database,
                PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                Messages.store(folder),
                Clock.systemUTC());
        nodes = record.nodes(database, self, Duration.ofMillis(1));
        nodes.join();
    }

    @AfterEach
    void stop() {
        nodes.close();
        record.close();
        database.close();
    }

    private static NewMessage message() {
        return Messages.message(UUID.randomUUID(), "{}", Optional.empty(), Messages.SPR);
    }

    private UUID accepted() throws Refusal {
        NewMessage message = message();
        record.accept(message);
        return message.tickets().get(0).deliveryId();
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(url);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Of the session that holds the lock of this test's node. */
    private Optional<Integer> holder() throws SQLException {
        try (Connection connection = connection();
                PreparedStatement select = connection.prepareStatement(HOLDER)) {
            select.setInt(1, database.carrier());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
            }
        }
    }

    private void cut() throws SQLException {
        execute("select pg_terminate_backend(" + holder().orElseThrow() + ")");
    }

    /** Another process, such as one on a copy of the data folder, takes the node's lock as soon as it is free. */
    private Connection taker() throws Exception {
        Connection taker = connection();
        CompletableFuture<Void> taken = CompletableFuture.runAsync(() -> {
            try (Statement lock = taker.createStatement()) {
                lock.execute("select pg_advisory_lock(" + NodeLock.CLASS + ", " + database.carrier() + ")");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(PATIENCE).until(() -> waits());
        cut();
        taken.get();
        return taker;
    }

    private boolean waits() throws SQLException {
        try (Connection connection = connection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select 1 from pg_locks where locktype = 'advisory'"
                        + " and not granted and classid = " + NodeLock.CLASS
                        + " and database = (select oid from pg_database where datname = current_database())")) {
            return row.next();
        }
    }

    @Test
    void what_is_in_hand_is_let_go_when_another_took_it_over_while_this_node_had_lost_its_place() throws Exception {
        UUID id = accepted();
        Dispatch.Due inHand = record.due(id).orElseThrow();
        assertThat(record.stillDue(inHand, false)).isTrue();
        int before = holder().orElseThrow();
        cut();
        execute("update delivery set carrier = carrier + 1");
        await().atMost(PATIENCE)
                .until(() -> holder().filter(pid -> pid != before).isPresent());

        assertThat(record.stillDue(inHand, false)).isFalse();
        assertThat(record.due(id)).isEmpty();
    }

    @Test
    void what_is_in_hand_stays_so_when_nobody_took_it_meanwhile() throws Exception {
        Dispatch.Due inHand = record.due(accepted()).orElseThrow();
        int before = holder().orElseThrow();
        cut();
        await().atMost(PATIENCE)
                .until(() -> holder().filter(pid -> pid != before).isPresent());

        assertThat(record.stillDue(inHand, false)).isTrue();
    }

    @Test
    void what_ended_while_it_waited_for_its_turn_is_let_go() throws Exception {
        Dispatch.Due inHand = record.due(accepted()).orElseThrow();
        record.ended(new Dispatch.Parked(inHand, 422, "schema", "no"));

        assertThat(record.stillDue(inHand, true)).isFalse();
        record.ended(new Dispatch.LetGo(inHand));
        assertThat(record.equation().parked()).isEqualTo(1);
    }

    @Test
    void no_work_is_taken_while_another_process_has_the_nodes_lock_and_all_goes_on_afterwards() throws Exception {
        UUID id = accepted();
        Dispatch.Due inHand = record.due(id).orElseThrow();
        try (Connection taker = taker()) {
            await().atMost(PATIENCE).until(() -> record.complaint().isPresent());

            assertThat(record.complaint())
                    .hasValueSatisfying(line -> assertThat(line).contains("delete the file node in the copy"));
            assertThat(record.healthy()).isFalse();
            assertThatThrownBy(() -> record.accept(message()))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.NOT_DURABLE));
            assertThatThrownBy(() -> record.due(id)).isInstanceOf(NotRecorded.class);
            assertThatThrownBy(() -> record.stillDue(inHand, false)).isInstanceOf(NotRecorded.class);
        }
        await().atMost(PATIENCE).until(record::healthy);
        assertThat(record.accept(message())).isInstanceOf(Acceptance.New.class);
        assertThat(record.stillDue(inHand, false)).isTrue();
    }

    @Test
    void refused_at_the_start_when_another_process_is_this_node() throws Exception {
        try (Database other = Database.existing(url, folder);
                NodeLock copy = new NodeLock(other, self, false)) {
            assertThatThrownBy(() -> copy.join(Duration.ofMillis(100)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("delete the file node in it");
        }
    }

    @Test
    void what_waited_before_there_were_nodes_is_carried_by_the_first_that_comes() throws Exception {
        UUID waiting = accepted();
        UUID held = accepted();
        UUID parked = accepted();
        record.ended(new Dispatch.Held(record.due(held).orElseThrow()));
        record.ended(new Dispatch.Parked(record.due(parked).orElseThrow(), 422, "schema", "no"));
        execute("update delivery set carrier = 0");
        assertThat(carried()).isEmpty();

        nodes.watch(() -> {});

        await().atMost(PATIENCE).until(() -> carried().contains(waiting));
        record.parked().sendAgain(parked, "operator");
        assertThat(carried()).contains(parked);
        assertThat(record.due(parked)).isPresent();
    }

    private List<UUID> carried() {
        List<UUID> ids = new ArrayList<>();
        record.forEachWaiting(ticket -> ids.add(ticket.deliveryId()));
        return ids;
    }

    @Test
    void a_node_whose_turn_to_compare_it_is_not_is_told_so_and_does_not_wait() {
        try (Nodes one = record.nodes(database, UUID.randomUUID(), true);
                Nodes other = record.nodes(database, UUID.randomUUID(), true)) {
            AtomicInteger compared = new AtomicInteger();

            boolean done = one.alone(() -> {
                compared.incrementAndGet();
                assertThat(other.alone(compared::incrementAndGet)).isFalse();
            });

            assertThat(done).isTrue();
            assertThat(compared).hasValue(1);
            await().atMost(PATIENCE).until(() -> other.alone(compared::incrementAndGet));
            assertThat(compared).hasValue(2);
        }
    }

    @Test
    void the_locks_of_who_says_nothing_lapse() throws Exception {
        try (Connection next = connection();
                Connection silent = DriverManager.getConnection(url, Postgres.holder(Duration.ofSeconds(2)))) {
            silent.createStatement().execute("select pg_advisory_lock(7)");

            await().atMost(PATIENCE).until(() -> {
                try (ResultSet row = next.createStatement().executeQuery("select pg_try_advisory_lock(7)")) {
                    row.next();
                    return row.getBoolean(1);
                }
            });
        }
        try (Connection holder = database.openHolder()) {
            assertThat(setting(holder, "idle_session_timeout")).isEqualTo("10s");
        }
    }

    @Test
    void a_machine_that_answers_nothing_is_noticed_by_the_server_on_every_connection() throws Exception {
        try (Connection writer = database.openWriter();
                Connection reader = database.readers().getConnection()) {
            for (Connection each : List.of(writer, reader)) {
                assertThat(setting(each, "tcp_user_timeout")).isEqualTo("10000");
                assertThat(setting(each, "tcp_keepalives_idle")).isEqualTo("5");
            }
            assertThat(setting(writer, "idle_in_transaction_session_timeout")).isEqualTo("10s");
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement show = connection.createStatement();
                ResultSet row = show.executeQuery("show " + name)) {
            row.next();
            return row.getString(1);
        }
    }
}
