package io.chapar.record;

import io.chapar.ledger.CheckpointFile;
import io.chapar.ledger.LedgerWriter;
import io.chapar.message.Dispatch;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import io.chapar.trust.NoteKey;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A record in PostgreSQL and its ledger without a gateway around them, for tests of what is done to a record from outside.
 * Keys and attachments are in a folder.
 */
public final class BareRecord {

    private static final String ORIGIN = "test.chapar/ledger";

    private final String url;
    private final Path folder;

    private BareRecord(String url, Path folder) {
        this.url = url;
        this.folder = folder;
    }

    /** Without a message. */
    public static BareRecord empty(Path folder) {
        return new BareRecord(Databases.POSTGRESQL.url(), folder);
    }

    /** Without a table. */
    public static BareRecord withoutTables(Path folder) {
        return new BareRecord(Databases.withoutTables(), folder);
    }

    public String url() {
        return url;
    }

    /** As a gateway leaves it in its data folder. */
    public String verifierKey() throws IOException {
        return key().verifierKey();
    }

    private NoteKey key() throws IOException {
        return NoteKey.open(folder.resolve("keys"), Optional.empty(), ORIGIN, Clock.systemUTC());
    }

    /** Accepts so many messages, each with a file of its own, and enters them into the ledger; their deliveries. */
    public List<UUID> accept(int messages) throws IOException, Refusal {
        List<UUID> deliveries = new ArrayList<>();
        CheckpointFile newest = new CheckpointFile(folder.resolve("keys"));
        AttachmentStore store = Messages.store(folder);
        try (Database database = Database.existing(url, folder);
                MessageRecord record = record(database, store);
                LedgerTables tables = record.ledgerTables(database);
                LedgerWriter writer = new LedgerWriter(tables, key(), ORIGIN, newest, Clock.systemUTC())) {
            for (int i = 0; i < messages; i++) {
                Passage.Attachment file = file(store, i);
                NewMessage plain =
                        Messages.message(UUID.randomUUID(), "{\"n\":" + i + "}", Optional.empty(), Messages.SPR);
                NewMessage message = Messages.withFiles(plain, List.of(file));
                record.accept(message);
                deliveries.add(message.tickets().get(0).deliveryId());
            }
            writer.write();
        }
        return deliveries;
    }

    private static Passage.Attachment file(AttachmentStore store, int number) throws IOException {
        byte[] bytes = ("file " + number + " ").repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        try (IncomingFile file = store.incoming()) {
            file.write(bytes, 0, bytes.length);
            return new Passage.Attachment("file", "application/pdf", file.complete());
        }
    }

    /** What is still to be delivered, with its content opened; empty when the record does not know it. */
    public Optional<Dispatch.Due> due(UUID delivery) throws IOException {
        try (Database database = Database.existing(url, folder);
                MessageRecord record = record(database, Messages.store(folder))) {
            return record.due(delivery);
        }
    }

    private MessageRecord record(Database database, AttachmentStore store) throws IOException {
        PayloadKeys keys = PayloadKeys.open(folder.resolve("keys"), Optional.empty());
        return new MessageRecord(database, keys, store, Clock.systemUTC());
    }
}
