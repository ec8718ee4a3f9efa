package io.chapar.record;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what many callers want written durable with one commit. Callers hand over their work and wait; one thread takes
 * whatever arrived meanwhile, writes it in one transaction, commits, and only then lets the callers go.
 *
 * <p>The queue is bounded: when it is full, the caller is told so at once, and nothing was written.
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int LARGEST_GROUP = 512;
    private static final int ENOUGH = 32;
    private static final Duration GATHER = Duration.ofMillis(5);
    private static final Duration LOOK_FOR_STOP = Duration.ofMillis(200);

    private final BlockingQueue<Pending<?>> queue;
    private final Duration longestWait;
    private final Committer committer;
    private final List<Consumer<List<Ticket>>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);

    /** Refused since the database was lost; none while it takes what comes. The committer's alone. */
    private long refused;

    GroupCommit(Database database, int queued, Duration longestWait) {
        this.queue = new ArrayBlockingQueue<>(queued);
        this.longestWait = longestWait;
        this.committer = new Committer(database, stop);
        this.thread = new Thread(this::commitGroups, "chapar-committer");
        thread.setDaemon(true);
        thread.start();
    }

    void onDurable(Consumer<List<Ticket>> listener) {
        listeners.add(listener);
    }

    /** Returns when the work is durable. */
    <T> T run(Work<T> work) {
        Pending<T> pending = new Pending<>(work);
        if (stopping()) {
            throw new NotRecorded("the gateway is stopping");
        }
        if (!queue.offer(pending)) {
            throw new NotRecorded("too much waits to be recorded");
        }
        if (stopping() && !thread.isAlive() && pending.cancel()) {
            throw new NotRecorded("the gateway is stopping");
        }
        try {
            return pending.await(longestWait);
        } finally {
            // Usually long gone; but what its caller gave up must not fill queue and memory while the database hangs.
            if (pending.cancelled()) {
                queue.remove(pending);
            }
        }
    }

    private void commitGroups() {
        List<Pending<?>> group = new ArrayList<>(LARGEST_GROUP);
        boolean busy = false;
        while (!stopping() || !queue.isEmpty()) {
            try {
                Pending<?> first = queue.poll(LOOK_FOR_STOP.toMillis(), TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                group.add(first);
                gather(group, busy);
                group.removeIf(pending -> !pending.take());
                busy = group.size() > 1;
                commit(group);
                tidy();
            } catch (InterruptedException e) {
                LOG.warn("The committer was interrupted; it goes on until the gateway stops");
            } finally {
                group.clear();
            }
        }
        committer.close();
    }

    /**
     * Whoever is alone is written at once. Where several came together, a moment's waiting brings more of them into the
     * group, and each costs less: what a commit costs is shared.
     */
    private void gather(List<Pending<?>> group, boolean busy) throws InterruptedException {
        long end = System.nanoTime() + GATHER.toNanos();
        queue.drainTo(group, LARGEST_GROUP - group.size());
        while (busy && group.size() < ENOUGH) {
            Pending<?> next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            group.add(next);
        }
    }

    private void tidy() {
        try {
            committer.tidy();
        } catch (RuntimeException | Error e) {
            // The one committer must not die of what only spares room.
            LOG.warn("The record cannot be tidied; it goes on", e);
        }
    }

    private void commit(List<Pending<?>> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            List<Ticket> tickets = committer.commit(group);
            isThere();
            try {
                // First: whoever looks for what waits, and is shown it, must not publish it before it is handed on
                // here.
                publish(tickets);
            } finally {
                group.forEach(Pending::complete);
            }
        } catch (Committer.OneAtFault e) {
            if (group.size() == 1 && e.passes()) {
                group.get(0).fail(new NotRecorded("another message was recorded in the same moment", e));
            } else if (group.size() == 1) {
                LOG.error("A piece of work could not be written", e.getCause());
                group.get(0).fail(new Unrecordable(e));
            } else {
                group.forEach(one -> commit(List.of(one)));
            }
        } catch (SQLException e) {
            isAway(e, group.size());
            group.forEach(pending -> pending.fail(new NotRecorded("the database cannot be written", e)));
        } catch (RuntimeException | Error e) {
            // Whatever it is, the one committer must not die of it: without a connection nothing half done can stay.
            LOG.error("The committer failed, and goes on with a new connection", e);
            committer.close();
            group.forEach(pending -> pending.fail(new NotRecorded("the record cannot be written", e)));
        }
    }

    /** Told once, and not for each of hundreds of groups; what is refused is told to those who sent it. */
    private void isAway(SQLException why, int size) {
        if (refused == 0) {
            LOG.error(
                    "The database takes nothing: {}. What comes is refused, and may be sent again; when the database is back,"
                            + " it goes on by itself",
                    why.getMessage());
        }
        refused += size;
    }

    private void isThere() {
        if (refused > 0) {
            LOG.info("The database takes again what comes; refused meanwhile: {}", refused);
            refused = 0;
        }
    }

    private void publish(List<Ticket> tickets) {
        if (tickets.isEmpty()) {
            return;
        }
        for (Consumer<List<Ticket>> listener : listeners) {
            try {
                listener.accept(tickets);
            } catch (RuntimeException e) {
                LOG.error(
                        "{} deliveries are recorded but could not be handed on; they are published again later",
                        tickets.size(),
                        e);
            }
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    /** Takes nothing new, writes what was taken, and ends. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(longestWait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Pending<?> left : queue) {
            if (left.take()) {
                left.fail(new NotRecorded("the gateway stopped"));
            }
        }
    }
}
