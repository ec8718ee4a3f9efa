package io.chapar.scenario;

import io.chapar.ledger.TimestampGate;
import io.chapar.message.Digest;
import io.chapar.record.MessageRecord;
import io.chapar.sandbox.agency.TimestampDesk;
import java.sql.SQLException;
import java.time.Duration;

import static org.awaitility.Awaitility.await;

/**
 * The timestamping authority is away, and something has waited for it longer than the grace period: what waits is made
 * older in the database, by whose clock the gateway counts. When this is closed the authority is back, and nothing waits
 * too long.
 */
final class TimestampsAway implements AutoCloseable {

    private static final Duration LONGER_THAN_THE_GRACE = Duration.ofHours(25);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TimestampDesk authority;
    private final TimestampGate gate;

    private TimestampsAway(TimestampDesk authority, TimestampGate gate) {
        this.authority = authority;
        this.gate = gate;
    }

    static TimestampsAway begin(TimestampDesk authority, TimestampGate gate, MessageRecord record, Ground ground)
            throws SQLException {
        authority.goAway();
        // Only now: it can be under no timestamp that was asked for before.
        record.configurationChanged("scenario", Digest.of(new byte[0]));
        ground.age(LONGER_THAN_THE_GRACE);
        await("the gateway notices").atMost(PATIENCE).until(gate::closed);
        return new TimestampsAway(authority, gate);
    }

    @Override
    public void close() {
        authority.comeBack();
        await("a timestamp over what waited").atMost(PATIENCE).until(() -> !gate.closed());
    }
}
