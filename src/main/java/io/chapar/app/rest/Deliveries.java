package io.chapar.app.rest;

import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.DoorSettings;
import io.chapar.app.door.Intake;
import io.chapar.app.door.Replies;
import io.chapar.message.PartyCode;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.MailboxEntry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/v1/deliveries}: the caller's own mailbox. Whoever waits holds neither a thread nor a database
 * connection: it is looked after a few times a second, and at once when {@link #arrived} says so.
 */
final class Deliveries implements Call, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final long LOOK_AGAIN_MILLIS = 250;

    /** How many are handed out to a caller that does not say. */
    static final int USUAL = 10;

    private final Intake intake;
    private final CallerIdentity identity;
    private final Mailbox mailbox;
    private final Replies replies;
    private final DoorSettings settings;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor clock;
    private final ScheduledFuture<?> looking;
    private volatile boolean stopping;

    Deliveries(Intake intake, CallerIdentity identity, Mailbox mailbox, Replies replies, DoorSettings settings) {
        this.intake = intake;
        this.identity = identity;
        this.mailbox = mailbox;
        this.replies = replies;
        this.settings = settings;
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "mailbox-waiters");
            thread.setDaemon(true);
            return thread;
        });
        this.looking = clock.scheduleWithFixedDelay(
                () -> waiters.forEach(Waiter::look), LOOK_AGAIN_MILLIS, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void answer(Visit visit) throws Refusal, IOException {
        PartyCode receiver = identity.party(intake.bare(visit.request())).code();
        int most = visit.number("max", Math.min(USUAL, settings.mostDeliveries()), settings.mostDeliveries());
        int seconds = visit.number("wait", 0, (int) settings.longestWait().toSeconds());
        if (most == 0) {
            throw Visit.malformed("The parameter max is at least 1.");
        }
        List<MailboxEntry> entries = mailbox.handOut(receiver, most);
        if (!entries.isEmpty() || seconds == 0 || stopping) {
            mailbox.write(visit.response(), entries);
            return;
        }
        AsyncContext async = visit.request().startAsync();
        async.setTimeout(TimeUnit.SECONDS.toMillis(seconds + 60L));
        Waiter waiter = new Waiter(async, receiver, most, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        async.addListener(waiter);
        waiters.add(waiter);
        if (stopping) {
            waiter.look();
        }
    }

    /** Something lies in this mailbox now: whoever waits for it is answered without waiting for the next look. */
    void arrived(PartyCode receiver) {
        for (Waiter waiter : waiters) {
            if (waiter.receiver.equals(receiver)) {
                waiter.look();
            }
        }
    }

    /** The gateway stops: whoever waits asks again, at another node or after the start. */
    void waitNoLonger() {
        stopping = true;
        waiters.forEach(Waiter::look);
    }

    @Override
    public void close() {
        looking.cancel(false);
        clock.shutdownNow();
    }

    /** One caller that waits. */
    private final class Waiter implements AsyncListener {
        private final AsyncContext async;
        private final PartyCode receiver;
        private final int most;
        private final long until;
        private final AtomicBoolean busy = new AtomicBoolean();

        Waiter(AsyncContext async, PartyCode receiver, int most, long until) {
            this.async = async;
            this.receiver = receiver;
            this.most = most;
            this.until = until;
        }

        /** Looks on a thread of the server, one at a time. */
        void look() {
            if (busy.compareAndSet(false, true)) {
                try {
                    async.start(this::answerIfDue);
                } catch (IllegalStateException over) {
                    LOG.debug("the caller went away while it waited", over);
                    waiters.remove(this);
                } catch (RuntimeException noThread) {
                    // The server has no thread now. An exception here would end the looking for everybody, for ever.
                    LOG.warn("a waiting mailbox is looked at later: {}", noThread.toString());
                    busy.set(false);
                }
            }
        }

        private void answerIfDue() {
            HttpServletResponse response = (HttpServletResponse) async.getResponse();
            try {
                boolean late = stopping || System.nanoTime() - until >= 0;
                List<MailboxEntry> entries = stopping ? List.of() : mailbox.handOut(receiver, most);
                if (entries.isEmpty() && !late) {
                    busy.set(false);
                    return;
                }
                waiters.remove(this);
                mailbox.write(response, entries);
            } catch (IOException gone) {
                // What was handed out becomes visible again after its time.
                LOG.debug("the caller went away while it was answered", gone);
            } catch (RuntimeException unforeseen) {
                waiters.remove(this);
                refuse(response, unforeseen);
            }
            async.complete();
        }

        private void refuse(HttpServletResponse response, RuntimeException unforeseen) {
            LOG.warn("a mailbox could not be read: {}", unforeseen.toString());
            try {
                Problem problem = Problem.of(ProblemCode.NOT_DURABLE, "The record cannot be reached.");
                replies.refuse((HttpServletRequest) async.getRequest(), response, problem, Optional.empty());
            } catch (IOException gone) {
                LOG.debug("the caller went away while it was refused", gone);
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            waiters.remove(this);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            waiters.remove(this);
            async.complete();
        }

        @Override
        public void onError(AsyncEvent event) {
            waiters.remove(this);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
