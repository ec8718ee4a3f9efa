package io.chapar.app;

import io.chapar.ledger.Checkpoint;
import io.chapar.ledger.CheckpointFile;
import io.chapar.ledger.LedgerWriter;
import io.chapar.ledger.Prefix;
import io.chapar.record.AttachmentStore;
import io.chapar.record.AttachmentSweep;
import io.chapar.record.CommonGround;
import io.chapar.record.DataFolder;
import io.chapar.record.Database;
import io.chapar.record.DestroyedKeys;
import io.chapar.record.LedgerRows;
import io.chapar.record.LedgerTables;
import io.chapar.record.MessageRecord;
import io.chapar.record.Nodes;
import io.chapar.record.Retention;
import io.chapar.trust.NoteKey;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The record and its ledger. They stop in the reverse order: first what writes, then what is written to. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AttachmentSettings.class)
public class RecordConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(RecordConfiguration.class);

    /** A day that is over is seen to be so within the hour. */
    private static final Duration RETENTION_LOOKS = Duration.ofHours(1);

    @Bean
    DataFolder dataFolder(@Value("${chapar.data:data}") Path data) throws IOException {
        return DataFolder.claim(data);
    }

    @Bean
    Database database(@Value("${chapar.database.url:}") String url, DataFolder folder) throws IOException {
        return Database.open(url, folder.path());
    }

    @Bean
    PayloadKeys payloadKeys(
            KeyConfiguration.KeyFilePassword password,
            @Value("${chapar.keys.folder:${chapar.data:data}/keys}") Path keys,
            Database database)
            throws IOException {
        PayloadKeys opened = PayloadKeys.open(keys, password.value());
        int back = DestroyedKeys.destroyAgain(database, opened);
        if (back > 0) {
            LOG.warn(
                    "{} keys that were destroyed had come back with a copy of the key file; they are gone again", back);
        }
        return opened;
    }

    @Bean
    Retention retention(MessageRecord record, Database database, TimestampConfiguration.Wanted timestamps) {
        return record.retention(database, timestamps.address().isPresent());
    }

    @Bean
    ApplicationRunner retentionLooks(Retention retention) {
        return arguments -> retention.start(RETENTION_LOOKS);
    }

    @Bean
    NoteKey ledgerKey(
            KeyConfiguration.KeyFilePassword password,
            @Value("${chapar.keys.folder:${chapar.data:data}/keys}") Path keys,
            @Value("${chapar.ledger.origin:chapar.local/ledger}") String origin,
            DataFolder folder,
            Database database,
            Clock clock)
            throws IOException {
        NoteKey key = NoteKey.open(keys, password.value(), origin, clock);
        // It lies beside all the others.
        CommonGround.hold(database, "ledger-key", key.verifierKey(), "chapar.keys.folder and chapar.ledger.origin");
        // Public, and beside the data, so that the ledger can be verified without the key file's password.
        Files.writeString(folder.path().resolve("ledger.vkey"), key.verifierKey() + "\n", StandardCharsets.UTF_8);
        return key;
    }

    /** Before anything is recorded: a record that is older than its ledger's key would go another way in silence. */
    @Bean
    CheckpointFile newestCheckpoint(
            @Value("${chapar.keys.folder:${chapar.data:data}/keys}") Path keys, NoteKey key, Database database)
            throws IOException {
        CheckpointFile file = new CheckpointFile(keys);
        Optional<Checkpoint> newest = file.read(key.verifierKey());
        LedgerRows ledger = new LedgerRows(database);
        if (newest.isPresent() && !Prefix.holds(ledger, newest.get())) {
            throw new IllegalStateException("the record holds " + ledger.recorded() + " events and not the ledger of "
                    + newest.get().size() + " entries whose checkpoint is in " + file.path()
                    + ": it was restored from a backup, or is another one. Bring the newest record back, or run"
                    + " deploy/chapar ledger restored, so that the ledger says what is missing; see docs/backup.md");
        }
        return file;
    }

    @Bean
    AttachmentStore attachmentStore(AttachmentSettings settings, Database database, Clock clock) throws IOException {
        AttachmentStore store = AttachmentStore.open(settings.folder(), clock);
        if (!database.sqlite()) {
            UUID name = CommonGround.nameOf(settings.folder(), "name");
            CommonGround.hold(database, "attachments", name.toString(), "chapar.attachments.folder");
        }
        return store;
    }

    @Bean
    AttachmentSweep attachmentSweep(
            AttachmentStore store, Database database, AttachmentSettings settings, Clock clock) {
        AttachmentSweep sweep = new AttachmentSweep(store, database, clock, settings.leftAlone());
        sweep.start(settings.sweep());
        return sweep;
    }

    @Bean
    MessageRecord messageRecord(
            Database database, PayloadKeys keys, AttachmentStore store, CheckpointFile held, Clock clock) {
        return new MessageRecord(database, keys, store, clock);
    }

    @Bean(initMethod = "join")
    Nodes nodes(
            MessageRecord record,
            Database database,
            DataFolder folder,
            @Value("${chapar.broker.url:}") String sharedBroker)
            throws IOException {
        return record.nodes(database, CommonGround.self(database, folder.path()), !sharedBroker.isEmpty());
    }

    @Bean
    LedgerTables ledgerTables(MessageRecord record, Database database) {
        return record.ledgerTables(database);
    }

    @Bean
    LedgerWriter ledgerWriter(
            LedgerTables tables,
            NoteKey key,
            CheckpointFile newest,
            Clock clock,
            @Value("${chapar.ledger.origin:chapar.local/ledger}") String origin,
            @Value("${chapar.ledger.merge-delay:2s}") Duration mergeDelay) {
        LedgerWriter writer = new LedgerWriter(tables, key, origin, newest, clock);
        writer.start(mergeDelay);
        return writer;
    }

    @Bean
    RecordHealth recordHealth(MessageRecord record) {
        return new RecordHealth(record);
    }
}
