package io.chapar.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among those that share the database. Deliveries that wait go by the transport of one node; when that node is
 * gone, whoever sees it first takes them over. The database says who lives: a node holds a lock of its number, which ends
 * with its connection. SQLite belongs to one node, which is alone.
 */
public final class Nodes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private static final int SHARED = 0;

    private static final String GONE = "select n.number from (select number from node union select 0) n"
            + " where n.number <> ? and not exists (select 1 from pg_locks l where l.locktype = 'advisory'"
            + " and l.classid = " + NodeLock.CLASS + " and l.objid::bigint = n.number and l.objsubid = 2 and l.granted"
            + " and l.database = (select oid from pg_database where datname = current_database()))";
    private static final String WAITS = "select 1 from delivery where state = 0 and carrier = ? limit 1";

    private final Database database;
    private final GroupCommit commits;
    private final NodeLock lock;
    private final boolean sharedBroker;
    private final Absences absences;
    /** Something may be this node's by now that its broker does not hold. */
    private boolean unpublished;

    /** One that says that this node lives, whatever the other is busy with. */
    private final ScheduledExecutorService ticks = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "chapar-nodes");
        thread.setDaemon(true);
        return thread;
    });

    /** @param sharedBroker whether all nodes have one broker; else each has its own */
    Nodes(Database database, GroupCommit commits, UUID self, boolean sharedBroker) {
        this(database, commits, self, sharedBroker, Tenure.GRACE);
    }

    Nodes(Database database, GroupCommit commits, UUID self, boolean sharedBroker, Duration grace) {
        this.absences = new Absences(grace);
        this.database = database;
        this.commits = commits;
        this.sharedBroker = sharedBroker;
        this.lock = new NodeLock(database, self, sharedBroker);
    }

    /**
     * Takes this node's place; nothing must be accepted before.
     *
     * @throws IllegalStateException when another process is this node
     */
    public void join() {
        if (!database.sqlite()) {
            int number = lock.join();
            database.carriedBy(sharedBroker ? SHARED : number);
            LOG.info("this is node {} of those that share the database", number);
            often(this::staysQuietly);
        }
    }

    /**
     * Whether it was done, while no other node that shares the broker did the like. False, and nothing was done, when
     * another one is at it now: who asks has something else to do meanwhile.
     */
    public boolean alone(Runnable work) {
        if (sharedBroker && !database.sqlite()) {
            return lock.alone(work);
        }
        work.run();
        return true;
    }

    /** @param changed is called when this node has deliveries in the record that its broker may not hold */
    public void watch(Runnable changed) {
        if (!database.sqlite()) {
            often(() -> lookQuietly(changed));
        }
    }

    private void often(Runnable work) {
        var unused = ticks.scheduleWithFixedDelay(
                work, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void staysQuietly() {
        try {
            lock.held();
        } catch (SQLException e) {
            LOG.debug("this node's lock cannot be asked for now", e);
        } catch (RuntimeException | Error e) {
            // Whatever is thrown from here would end the asking, and the lock would lapse.
            LOG.error("this node's lock could not be asked for; it is tried again", e);
        }
    }

    private void lookQuietly(Runnable changed) {
        try {
            if (lock.held()) {
                look(changed);
            }
        } catch (SQLException | NotRecorded e) {
            LOG.debug("the other nodes cannot be looked at now", e);
            // Nobody is known to be gone by a database that was away itself.
            absences.forget();
        } catch (RuntimeException | Error e) {
            // Whatever is thrown from here would end the looking, and a dead node's deliveries would wait for it for
            // ever.
            LOG.error("the other nodes could not be looked at; it is tried again", e);
        }
    }

    private void look(Runnable changed) throws SQLException {
        List<Integer> gone = absences.longer(gone(), System.nanoTime());
        // What it recorded and did not publish waits for somebody who compares.
        unpublished |= absences.anyNew(gone) && sharedBroker;
        try {
            for (int number : gone) {
                takeOver(number);
            }
        } finally {
            if (unpublished) {
                changed.run();
            }
        }
        unpublished = false;
    }

    private void takeOver(int number) throws SQLException {
        int taken = 0;
        int page = 1;
        while (page > 0 && number != database.carrier() && waits(number)) {
            // Before it is tried: what is committed may fail to say so, and has to be published all the same.
            unpublished = true;
            page = commits.run(new TakeOverWork(number));
            taken += page;
        }
        if (taken > 0) {
            LOG.warn("node {} is gone; its {} deliveries that waited are made by this node now", number, taken);
        }
    }

    private List<Integer> gone() throws SQLException {
        List<Integer> gone = new ArrayList<>();
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(GONE)) {
            select.setInt(1, lock.number());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    gone.add(row.getInt(1));
                }
            }
        }
        return gone;
    }

    private boolean waits(int number) throws SQLException {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement(WAITS)) {
            select.setInt(1, number);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        lock.close();
    }
}
