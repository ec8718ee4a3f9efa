package io.chapar.app.command;

import io.chapar.ledger.LedgerVerification;
import io.chapar.record.Restoration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes what the ledger says of restores, beside whatever else is held against the events. */
final class Restorations implements LedgerVerification.OnConnection {

    private final LedgerVerification.OnConnection further;
    private final List<Restoration> told = new ArrayList<>();

    Restorations(LedgerVerification.OnConnection further) {
        this.further = further;
    }

    List<Restoration> told() {
        return told;
    }

    @Override
    public LedgerVerification.EachEvent open(Connection connection) throws SQLException {
        LedgerVerification.EachEvent beside = further.open(connection);
        return new LedgerVerification.EachEvent() {
            @Override
            public Optional<String> check(long number, byte[] event) throws SQLException {
                Restoration.of(number, event).ifPresent(told::add);
                return beside.check(number, event);
            }

            @Override
            public Optional<String> end() throws SQLException {
                return beside.end();
            }
        };
    }
}
