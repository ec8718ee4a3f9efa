package io.chapar.app.command;

import io.chapar.app.SandboxBooks;
import io.chapar.ledger.LedgerVerification;
import io.chapar.record.AttachmentStore;
import io.chapar.record.Database;
import io.chapar.record.Equation;
import io.chapar.record.Equations;
import io.chapar.record.MessageRecord;
import io.chapar.record.ParkedFilter;
import io.chapar.sandbox.faults.Inspection;
import io.chapar.trust.PayloadKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/**
 * The record and the ledger as the commands {@code equation} and {@code ledger verify} see them.
 *
 * @param database as the setting {@code chapar.database.url}
 */
record RecordInspection(String database, Path data) implements Inspection {

    private static final int MANY = 100_000;
    private static final String ADMINISTRATOR = "faults";

    @Override
    public Page page() throws IOException {
        try (Database opened = Database.existing(database, data)) {
            Equation equation = new Equations(opened).count(Optional.empty());
            return new Page(equation.messages(), SandboxBooks.balance(equation, false));
        }
    }

    @Override
    public Entries ledger() throws IOException {
        try (Database opened = Database.existing(database, data)) {
            LedgerVerification.Finding finding =
                    LedgerCheck.of(data, Optional.empty(), Optional.empty()).verify(opened);
            return new Entries(
                    finding.entries(),
                    finding.pending(),
                    finding.fault()
                            .map(fault -> "entry " + finding.at() + ": " + fault)
                            .orElse(""));
        } catch (SQLException e) {
            throw new IOException("the ledger cannot be read", e);
        }
    }

    @Override
    public int sendParkedAgain() throws IOException {
        PayloadKeys keys = PayloadKeys.open(data.resolve("keys"), Optional.empty());
        AttachmentStore store = AttachmentStore.open(data.resolve("attachments"), Clock.systemUTC());
        try (Database opened = Database.existing(database, data);
                MessageRecord record = new MessageRecord(opened, keys, store, Clock.systemUTC())) {
            return record.parked().sendAgain(ParkedFilter.ALL, MANY, ADMINISTRATOR);
        }
    }
}
