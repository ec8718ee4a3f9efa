package io.chapar.record;

import io.chapar.ledger.LedgerVerification;
import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.Proof;
import io.chapar.trust.NoteKey;
import io.chapar.trust.PayloadKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.chapar.record.Messages.MH;
import static io.chapar.record.Messages.SPR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A receiver acknowledges with a name in what it says and in its signature's header: both are kept, and lie nowhere in clear. */
class ProofCheckTest {

    private static final String ORIGIN = "test.chapar/ledger";
    private static final byte[] SAID = "{\"digest\":\"…\",\"note\":\"Karimi Maria\"}".getBytes(StandardCharsets.UTF_8);
    private static final String HEADER = Base64.getUrlEncoder()
            .encodeToString("{\"alg\":\"ES256\",\"kid\":\"Karimi Maria\"}".getBytes(StandardCharsets.UTF_8));
    private static final Proof PROOF = new Proof(SAID, Optional.of(HEADER + "..c2lnbmF0dXJl"));

    @TempDir
    Path folder;

    private @Nullable Database database;
    private @Nullable PayloadKeys keys;
    private @Nullable MessageRecord record;

    private MessageRecord open(Databases kind) throws Exception {
        database = kind.open(folder);
        keys = PayloadKeys.open(folder.resolve("keys"), Optional.empty());
        record = new MessageRecord(database, keys, Messages.store(folder), Clock.systemUTC());
        return record;
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(record).close();
        Objects.requireNonNull(database).close();
    }

    private Dispatch.Due due(MessageRecord record) throws Exception {
        NewMessage message = Messages.message(UUID.randomUUID(), "{}", Optional.empty(), SPR);
        record.accept(message);
        return record.due(message.tickets().get(0).deliveryId()).orElseThrow();
    }

    private static void acknowledge(MessageRecord record, Dispatch.Due due) {
        record.ended(new Dispatch.Acknowledged(
                Messages.signed(due), SAID, PROOF.signature().orElseThrow(), Instant.now()));
    }

    private DeliveryFacts facts(Dispatch.Due due) throws Exception {
        try (Connection connection = Objects.requireNonNull(database).readers().getConnection()) {
            return DeliveryFacts.find(connection, due.deliveryId()).orElseThrow();
        }
    }

    /** An acknowledgement as something else than this version wrote it. */
    private void acknowledged(Dispatch.Due due, String column, byte[] kept, EventBytes event) throws Exception {
        Database here = Objects.requireNonNull(database);
        Digest digest = Messages.signed(due).digest();
        try (Connection connection = here.openWriter();
                PreparedStatement update = connection.prepareStatement(
                        "update delivery set state = 4, digest = ?, " + column + " = ? where delivery_id = ?")) {
            update.setBytes(1, digest.hash());
            update.setBytes(2, kept);
            update.setBytes(3, Columns.id(due.deliveryId()));
            assertThat(update.executeUpdate()).isEqualTo(1);
            connection.commit();
        }
        commit(new EventWork(event.digest("digest", digest)));
    }

    private void commit(Work<Boolean> work) {
        try (GroupCommit commits = new GroupCommit(Objects.requireNonNull(database), 10, Duration.ofSeconds(20))) {
            commits.run(work);
        }
    }

    private void run(String sql) throws Exception {
        try (Connection connection = Objects.requireNonNull(database).openWriter();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
            connection.commit();
        }
    }

    private void destroyKey(DeliveryFacts facts) throws Exception {
        commit(new DestroyedKeys.Destruction(facts.keyName(), Instant.now(), "retention"));
        PayloadKeys here = Objects.requireNonNull(keys);
        here.destroy(here.names());
    }

    private Optional<String> fault(ProofCheck check) throws Exception {
        NoteKey key = NoteKey.open(folder.resolve("keys"), Optional.empty(), ORIGIN, Clock.systemUTC());
        return new LedgerVerification(Objects.requireNonNull(database).readers(), ORIGIN, key.verifierKey())
                .verify(connection -> new Coverage(connection, check))
                .fault();
    }

    private static ProofCheck keyless() {
        return new ProofCheck(Optional.empty());
    }

    private ProofCheck opening() {
        return new ProofCheck(Optional.of(Objects.requireNonNull(keys)));
    }

    /** All columns of all rows. */
    private String rows(String table) throws Exception {
        StringBuilder rows = new StringBuilder();
        try (Connection connection = Objects.requireNonNull(database).readers().getConnection();
                ResultSet row = connection.createStatement().executeQuery("select * from " + table)) {
            while (row.next()) {
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    Object value = row.getObject(i);
                    rows.append(
                                    value instanceof byte[] bytes
                                            ? new String(bytes, StandardCharsets.ISO_8859_1)
                                            : String.valueOf(value))
                            .append('\n');
                }
            }
        }
        return rows.toString();
    }

    @ParameterizedTest
    @EnumSource
    void lies_nowhere_in_clear_and_opens_with_the_key(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        acknowledge(record, due(record));

        assertThat(rows("delivery")).doesNotContain("Karimi", HEADER);
        assertThat(rows("event")).doesNotContain("Karimi", HEADER);
        // Of the sender's, neither a signature, whose header is as free, nor what else a content type says.
        assertThat(rows("message")).contains("\napplication/json\n").doesNotContain("head..signature", "Karimi");
        ProofCheck check = opening();
        assertThat(fault(check)).isEmpty();
        assertThat(check.opened()).isEqualTo(1);
        assertThat(fault(keyless())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void is_said_to_be_destroyed_with_its_key_and_proven_all_the_same(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        Dispatch.Due due = due(record);
        acknowledge(record, due);
        destroyKey(facts(due));

        ProofCheck check = opening();
        assertThat(fault(check)).isEmpty();
        assertThat(check.opened()).isZero();
        assertThat(check.destroyed()).isEqualTo(1);
        assertThat(check.withoutKey()).isZero();
        assertThat(rows("event"))
                .contains("\"proofDigest\":\"" + Digest.of(SAID).value() + "\"");
        run("update delivery set sealed_proof = digest");
        assertThat(fault(keyless())).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void is_not_kept_when_its_key_was_destroyed_on_the_way(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        Dispatch.Due due = due(record);
        destroyKey(facts(due));
        acknowledge(record, due);

        assertThat(record.history(MH, MH, due.messageId()).orElseThrow().state())
                .isEqualTo("delivered");
        assertThat(rows("delivery")).doesNotContain("Karimi", HEADER);
        assertThat(rows("event"))
                .contains(
                        "\"proofDestroyed\":true",
                        "\"proofDigest\":\"" + Digest.of(SAID).value() + "\"");
        assertThat(fault(opening())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void is_not_recorded_when_its_key_is_missing_and_was_not_destroyed(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        Dispatch.Due due = due(record);
        PayloadKeys here = Objects.requireNonNull(keys);
        here.destroy(here.names());

        assertThatThrownBy(() -> acknowledge(record, due)).isInstanceOf(PayloadKeys.KeyMissing.class);
        assertThat(record.history(MH, MH, due.messageId()).orElseThrow().state())
                .isEqualTo("waiting");
    }

    @ParameterizedTest
    @EnumSource
    void is_said_to_be_without_key_when_the_keys_are_another_installations(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        acknowledge(record, due(record));

        ProofCheck check = new ProofCheck(Optional.of(PayloadKeys.open(folder.resolve("others"), Optional.empty())));
        assertThat(fault(check)).isEmpty();
        assertThat(check.withoutKey()).isEqualTo(1);
        assertThat(check.destroyed()).isZero();
    }

    private void acknowledgedAsBefore(Dispatch.Due due) throws Exception {
        EventBytes event = facts(due).event("acknowledged", Instant.now()).digest("proofDigest", Digest.of(SAID));
        acknowledged(due, "proof", SAID, event);
    }

    @ParameterizedTest
    @EnumSource
    void is_verified_as_an_older_version_kept_it(Databases kind) throws Exception {
        acknowledgedAsBefore(due(open(kind)));

        assertThat(fault(opening())).isEmpty();
        run("update delivery set proof = digest");
        assertThat(fault(opening())).isPresent();
    }

    /** A backup, before a gateway brings its tables up to date. */
    @ParameterizedTest
    @EnumSource
    void is_verified_in_the_tables_of_an_older_version(Databases kind) throws Exception {
        acknowledgedAsBefore(due(open(kind)));

        run("alter table delivery drop column sealed_proof");
        assertThat(fault(keyless())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void named_when_something_else_is_sealed_than_the_ledger_says(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        Dispatch.Due due = due(record);
        DeliveryFacts facts = facts(due);
        byte[] other = new Proof(new byte[] {'{', '}'}, PROOF.signature()).bytes();
        byte[] sealed = facts.key(Objects.requireNonNull(keys))
                .seal(other, facts.identity().acknowledgement(due.deliveryId()));
        EventBytes event = facts.event("acknowledged", Instant.now());
        ProofCheck.tell(event, PROOF, Optional.of(sealed));
        acknowledged(due, "sealed_proof", sealed, event);

        assertThat(fault(keyless())).isEmpty();
        assertThat(fault(opening())).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void named_when_what_is_sealed_belongs_to_another_delivery(Databases kind) throws Exception {
        MessageRecord record = open(kind);
        Dispatch.Due due = due(record);
        DeliveryFacts facts = facts(due);
        byte[] sealed = facts.key(Objects.requireNonNull(keys))
                .seal(PROOF.bytes(), facts.identity().acknowledgement(UUID.randomUUID()));
        EventBytes event = facts.event("acknowledged", Instant.now());
        ProofCheck.tell(event, PROOF, Optional.of(sealed));
        acknowledged(due, "sealed_proof", sealed, event);

        assertThat(fault(opening())).isPresent();
    }
}
