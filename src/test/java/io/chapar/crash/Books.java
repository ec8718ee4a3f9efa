package io.chapar.crash;

import io.chapar.ledger.LedgerVerification;
import io.chapar.record.Coverage;
import io.chapar.record.Database;
import io.chapar.record.Equation;
import io.chapar.record.Equations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The gateway's record and ledger, read from beside it as the commands {@code equation} and {@code ledger verify} do. */
record Books(Path data) {

    Equation equation() {
        try (Database database = Database.existing("", data)) {
            return new Equations(database).count(Optional.empty());
        } catch (IOException e) {
            throw new AssertionError("the record cannot be read", e);
        }
    }

    LedgerVerification.Finding ledger() throws IOException, SQLException {
        String key = Files.readString(data.resolve("ledger.vkey"), StandardCharsets.UTF_8)
                .strip();
        try (Database database = Database.existing("", data)) {
            return new LedgerVerification(database.readers(), key.substring(0, key.indexOf('+')), key)
                    .verify(Coverage::new);
        }
    }

    /** @param receipts that senders held before this was asked */
    String hold(long receipts) throws IOException, SQLException {
        Equation equation = equation();
        assertThat(equation.misfits()).isEmpty();
        assertThat(equation.holds()).as("%s", equation).isTrue();
        assertThat(equation.messages()).isGreaterThanOrEqualTo(receipts);
        LedgerVerification.Finding finding = ledger();
        assertThat(finding.fault()).as("%s", finding).isEmpty();
        return String.format(
                Locale.ROOT,
                "accepted %,d = delivered %,d + waiting %,d + parked %,d + withdrawn %,d + without receiver %,d; ledger %,d",
                equation.accepted(),
                equation.delivered(),
                equation.waiting(),
                equation.parked(),
                equation.withdrawn(),
                equation.noReceiver(),
                finding.entries());
    }
}
