package io.chapar.app.batch;

import io.chapar.message.PartyCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

/**
 * Whose batch is worked on next: the parties in turn, of each one batch at a time, in the order in which they became
 * complete. One that must wait is passed over until its time.
 */
final class BatchTurns {

    private static final Logger LOG = LoggerFactory.getLogger(BatchTurns.class);

    /** What was put down is read through once more, so it rests longer than what is only passed over. */
    private static final long PUT_DOWN_NANOS = MINUTES.toNanos(1);

    private final int mostBegun;

    /** By party, the one first whose turn is next. None is empty, and the first batch of each is the one to work on. */
    private final Map<PartyCode, Deque<Task>> waiting = new LinkedHashMap<>();

    private boolean stopped;

    /** A batch until it is at its end. Between its turns nobody uses what is in it. */
    static final class Task {
        private final BatchId id;
        private long due = System.nanoTime();
        private boolean taken;
        private Optional<Workers.Work> work = Optional.empty();
        private String told = "";

        private Task(BatchId id) {
            this.id = id;
        }

        BatchId id() {
            return id;
        }

        /** Once it is begun. */
        Optional<Workers.Work> work() {
            return work;
        }

        void begin(Workers.Work begun) {
            work = Optional.of(begun);
        }

        /** Whether this went wrong the last time as well. */
        boolean isTold(String wrong) {
            boolean before = told.equals(wrong);
            told = wrong;
            return before;
        }

        /** It holds nothing any more, and would have to be begun again. */
        void putDown() {
            try {
                if (work.isPresent()) {
                    work.get().close();
                }
            } catch (IOException e) {
                LOG.warn("a file of a batch could not be closed, {}", id, e);
            }
            work = Optional.empty();
        }
    }

    /** @param mostBegun that hold memory, because they are begun; of more, the one that waits longest is put down */
    BatchTurns(int mostBegun) {
        this.mostBegun = mostBegun;
    }

    synchronized void add(BatchId id) {
        Deque<Task> ofParty = waiting.computeIfAbsent(id.party(), first -> new ArrayDeque<>());
        if (ofParty.stream().noneMatch(task -> task.id.equals(id))) {
            ofParty.add(new Task(id));
            notifyAll();
        }
    }

    /** Waits for a turn; there is none any more once all is stopped. */
    synchronized Optional<Task> next() throws InterruptedException {
        while (!stopped) {
            long now = System.nanoTime();
            Optional<Task> next = firsts().filter(task -> task.due - now <= 0)
                    .filter(task -> task.work.isPresent() || madeRoom(now))
                    .findFirst();
            if (next.isPresent()) {
                next.get().taken = true;
                return next;
            }
            NANOSECONDS.timedWait(
                    this,
                    firsts().mapToLong(task -> task.due - now)
                            .filter(wait -> wait > 0)
                            .min()
                            .orElse(PUT_DOWN_NANOS));
        }
        return Optional.empty();
    }

    /** Of each party the batch to work on, unless somebody does. */
    private Stream<Task> firsts() {
        return waiting.values().stream().map(Deque::element).filter(task -> !task.taken);
    }

    /** Whether one more may be begun; if need be, one that waits is put down for it. */
    private boolean madeRoom(long now) {
        long begun = waiting.values().stream()
                .map(Deque::element)
                .filter(task -> task.taken || task.work.isPresent())
                .count();
        if (begun < mostBegun) {
            return true;
        }
        Optional<Task> longest = firsts().filter(task -> task.work.isPresent() && task.due - now > 0)
                .max(Comparator.comparingLong(task -> task.due - now));
        longest.ifPresent(task -> {
            task.putDown();
            task.due = Math.max(task.due - now, PUT_DOWN_NANOS) + now;
        });
        return longest.isPresent();
    }

    /** @param pause until its next turn, at least; none when it is at its end */
    synchronized void over(Task task, Optional<Duration> pause) {
        task.taken = false;
        // Behind all others.
        Deque<Task> ofParty = waiting.remove(task.id.party());
        if (ofParty == null) {
            throw new IllegalStateException("whose turn is over had none");
        }
        if (pause.isPresent()) {
            task.due = System.nanoTime() + pause.get().toNanos();
        } else {
            task.putDown();
            ofParty.remove();
        }
        if (!ofParty.isEmpty()) {
            waiting.put(task.id.party(), ofParty);
        }
        notifyAll();
    }

    /** There are no turns any more. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Once nobody has a turn any more. */
    synchronized void putAllDown() {
        waiting.values().forEach(ofParty -> ofParty.forEach(Task::putDown));
    }
}
