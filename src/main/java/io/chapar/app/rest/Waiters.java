package io.chapar.app.rest;

import io.chapar.app.door.Defects;
import io.chapar.app.door.Replies;
import io.chapar.message.PartyCode;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.record.MailboxEntry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The callers that wait at one mailbox. However many they are, it is looked at once for all of them. What lies there gets who
 * came last: the older ones may have gone, and a caller that went away is not noticed before it is written to.
 */
final class Waiters {

    /** At one mailbox. */
    static final int MOST = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Waiters.class);

    /** Longer than its wait, since the answer itself takes time. */
    private static final long LONGEST_ANSWER_SECONDS = 60;

    private final PartyCode receiver;
    private final Mailbox mailbox;
    private final Replies replies;
    private final BooleanSupplier stopping;
    private final Deque<Waiter> waiting = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    /** @param stopping whether nobody is to wait any longer */
    Waiters(PartyCode receiver, Mailbox mailbox, Replies replies, BooleanSupplier stopping) {
        this.receiver = receiver;
        this.mailbox = mailbox;
        this.replies = replies;
        this.stopping = stopping;
    }

    /**
     * One more waits.
     *
     * @param most deliveries that it takes
     * @return whether there was a place for it
     */
    synchronized boolean join(HttpServletRequest request, int most, int seconds) {
        if (waiting.size() >= MOST) {
            return false;
        }
        AsyncContext async = request.startAsync();
        async.setTimeout(TimeUnit.SECONDS.toMillis(seconds + LONGEST_ANSWER_SECONDS));
        Waiter waiter = new Waiter(async, most, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        async.addListener(waiter);
        waiting.addLast(waiter);
        return true;
    }

    /** Looks on a thread of the server, one at a time, if anybody waits. */
    void look() {
        Waiter newest = waiting.peekLast();
        if (newest != null && looking.compareAndSet(false, true) && !newest.start(() -> lookFor(newest))) {
            looking.set(false);
        }
    }

    private void lookFor(Waiter newest) {
        List<MailboxEntry> entries;
        try {
            entries = stopping.getAsBoolean() ? List.of() : mailbox.handOut(receiver, newest.most);
        } catch (RuntimeException unforeseen) {
            LOG.warn("a mailbox could not be read: {}", Defects.place(unforeseen));
            waiting.forEach(each -> each.start(each::refuse));
            return;
        } finally {
            looking.set(false);
        }
        if (entries.isEmpty()) {
            waiting.stream().filter(Waiter::isOver).forEach(each -> each.start(() -> each.answer(List.of())));
            return;
        }
        // What is still there is for the others, and is not to wait until this one has read its answer.
        boolean waits = waiting.remove(newest);
        look();
        if (waits) {
            newest.tell(entries);
        }
    }

    /** One caller. Who takes it out of the others answers it. */
    private final class Waiter implements AsyncListener {
        private final AsyncContext async;
        private final int most;
        private final long until;

        Waiter(AsyncContext async, int most, long until) {
            this.async = async;
            this.most = most;
            this.until = until;
        }

        boolean isOver() {
            return stopping.getAsBoolean() || System.nanoTime() - until >= 0;
        }

        /** Whether a thread of the server took it; else the next look tries again. */
        boolean start(Runnable task) {
            try {
                async.start(task);
                return true;
            } catch (IllegalStateException over) {
                LOG.debug("the caller went away while it waited", over);
                waiting.remove(this);
            } catch (RuntimeException noThread) {
                // An exception here would end the looking for everybody, for ever.
                LOG.warn("a waiting mailbox is looked at later: {}", Defects.place(noThread));
            }
            return false;
        }

        void answer(List<MailboxEntry> entries) {
            if (waiting.remove(this)) {
                tell(entries);
            }
        }

        void refuse() {
            if (waiting.remove(this)) {
                tellUnreadable();
                async.complete();
            }
        }

        private void tell(List<MailboxEntry> entries) {
            try {
                mailbox.write((HttpServletResponse) async.getResponse(), entries);
            } catch (IOException gone) {
                // What was handed out becomes visible again after its time.
                LOG.debug("the caller went away while it was answered", gone);
            } catch (RuntimeException unforeseen) {
                LOG.warn("what lies in a mailbox could not be read: {}", Defects.place(unforeseen));
                tellUnreadable();
            }
            async.complete();
        }

        private void tellUnreadable() {
            try {
                replies.refuse(
                        (HttpServletRequest) async.getRequest(),
                        (HttpServletResponse) async.getResponse(),
                        Problem.of(ProblemCode.NOT_DURABLE, "The record cannot be reached."),
                        Optional.empty());
            } catch (IOException gone) {
                LOG.debug("the caller went away while it was refused", gone);
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            waiting.remove(this);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            waiting.remove(this);
            async.complete();
        }

        @Override
        public void onError(AsyncEvent event) {
            waiting.remove(this);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
