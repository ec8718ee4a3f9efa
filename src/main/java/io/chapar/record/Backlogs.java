package io.chapar.record;

import io.chapar.message.PartyCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many deliveries of each sender have not ended, counted every few seconds and, when there are very many, less often:
 * counting takes at most a fiftieth of one reader's time.
 */
public final class Backlogs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backlogs.class);
    private static final Duration OFTEN = Duration.ofSeconds(5);
    private static final int SHARE = 50;
    private static final String OPEN =
            "select m.sender, count(*) from delivery d join message m on m.number = d.message"
                    + " where d.state < 4 group by m.sender";

    private final Database database;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::keepCounting, "chapar-backlogs");
    private volatile Map<PartyCode, Long> counted = Map.of();

    public Backlogs(Database database) {
        this.database = database;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** As of the last count; 0 before the first. */
    public long of(PartyCode sender) {
        return counted.getOrDefault(sender, 0L);
    }

    /** Counts now. */
    public void count() throws SQLException {
        Map<PartyCode, Long> found = new HashMap<>();
        try (Connection connection = database.counter();
                PreparedStatement select = connection.prepareStatement(OPEN);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.put(new PartyCode(row.getString(1)), row.getLong(2));
            }
        }
        counted = Map.copyOf(found);
    }

    private void keepCounting() {
        try {
            Duration pause = Duration.ZERO;
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                long begin = System.nanoTime();
                try {
                    count();
                } catch (SQLException | RuntimeException | Error e) {
                    // Whatever is thrown from here would end the counting, and the last count stand for ever.
                    LOG.warn("The backlogs could not be counted ({}); the last count stands", e.getMessage());
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                Duration share = took.multipliedBy(SHARE);
                pause = share.compareTo(OFTEN) > 0 ? share : OFTEN;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
