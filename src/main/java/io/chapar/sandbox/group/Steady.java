package io.chapar.sandbox.group;

import io.chapar.sandbox.load.Source;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends at a steady rate, each message to the next node in turn. What gets no receipt is sent again, the same bytes, to the
 * node after that one, as an agency does that knows more than one address. What is refused for another reason than that it
 * cannot be taken now is not: no node would ever take it.
 */
final class Steady implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Steady.class);

    /** At most so many wait for an answer at once. */
    static final int SENDERS = 64;

    private static final long AGAIN_MILLIS = 200;
    private static final long NANOS = 1_000_000_000L;

    /** The way to a node. */
    interface Node {

        /** @throws IOException when nothing was answered */
        Reply send(Letter letter, long due) throws IOException;
    }

    private final List<Node> nodes;
    private final Supplier<Source.Item> source;
    private final Watch watch;
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicLongArray receipts;
    private final Map<String, LongAdder> notTaken = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS, Steady::daemon);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Steady::daemon);
    private @Nullable ScheduledFuture<?> sending;

    /** @param source of what is sent */
    Steady(List<? extends Node> nodes, Supplier<Source.Item> source, Watch watch) {
        this.nodes = List.copyOf(nodes);
        this.source = source;
        this.watch = watch;
        this.receipts = new AtomicLongArray(nodes.size());
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "steady-sender");
        thread.setDaemon(true);
        return thread;
    }

    void begin(double perSecond) {
        sending = timer.scheduleAtFixedRate(
                () -> {
                    long due = System.nanoTime();
                    senders.execute(() -> first(due));
                },
                0,
                Math.round(NANOS / perSecond),
                TimeUnit.NANOSECONDS);
    }

    /** Sends a new one, to the next node. */
    void first(long due) {
        int node = Math.floorMod(turns.getAndIncrement(), nodes.size());
        Source.Item item = source.get();
        watch.sends(item, due);
        send(item, node, due);
    }

    private void send(Source.Item item, int node, long due) {
        try {
            Reply reply = nodes.get(node).send(item.letter(), due);
            if (reply.accepted()) {
                receipts.incrementAndGet(node);
                watch.receipt(item.letter().messageId());
                return;
            }
            String why = reply.status() + " " + reply.refusal();
            if (!reply.later()) {
                count(refused, item.letter().exchange() + " was refused with " + why);
                watch.refused(item.letter().messageId());
                return;
            }
            count(notTaken, why);
        } catch (IOException e) {
            LOG.debug("no answer; it is sent again", e);
            count(notTaken, "no answer");
        }
        int after = (node + 1) % nodes.size();
        try {
            var unused = timer.schedule(
                    () -> senders.execute(() -> send(item, after, due)), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("nobody sends any more; that it has no receipt is told at the end", e);
        }
    }

    private static void count(Map<String, LongAdder> those, String why) {
        those.computeIfAbsent(why, fresh -> new LongAdder()).increment();
    }

    /** How many each node has given. */
    List<Long> receipts() {
        return IntStream.range(0, nodes.size()).mapToObj(receipts::get).toList();
    }

    /** How often something was not taken and sent again, by status and code. */
    Map<String, Long> notTaken() {
        return sums(notTaken);
    }

    /** How many messages were refused for ever, by exchange, status and code. */
    Map<String, Long> refused() {
        return sums(refused);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counted) {
        Map<String, Long> all = new TreeMap<>();
        counted.forEach((why, count) -> all.put(why, count.sum()));
        return all;
    }

    /** Nothing new is sent any more; what has no receipt yet goes on until it has one. */
    void end() {
        ScheduledFuture<?> running = sending;
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        senders.shutdownNow();
    }
}
