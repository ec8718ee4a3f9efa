package io.chapar.app.rest;

import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.DoorSettings;
import io.chapar.app.door.Intake;
import io.chapar.app.door.Replies;
import io.chapar.app.door.Turns;
import io.chapar.message.PartyCode;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.MailboxEntry;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /api/v1/deliveries}: the caller's own mailbox. Whoever waits holds neither a thread nor a database
 * connection: each mailbox at which somebody waits is looked at a few times a second, and at once when {@link #arrived}
 * says so. Between these looks it also fills by itself: another node puts something in, what was handed out becomes
 * visible again, an acknowledgement sets free what waited behind it.
 */
final class Deliveries implements Call, AutoCloseable {

    private static final long LOOK_AGAIN_MILLIS = 250;

    /** How many are handed out to a caller that does not say. */
    static final int USUAL = 10;

    private final Intake intake;
    private final CallerIdentity identity;
    private final Mailbox mailbox;
    private final Replies replies;
    private final DoorSettings settings;
    private final Map<PartyCode, Waiters> waiters = new ConcurrentHashMap<>();

    /** To look into a mailbox in which much lies takes long, and no party keeps the database from others. */
    private final Turns turns =
            Turns.each(1, "You ask your mailbox too often at once. Wait for one answer before the next call.");

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
                this::lookEverywhere, LOOK_AGAIN_MILLIS, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void answer(Visit visit) throws Refusal, IOException {
        PartyCode receiver = identity.party(intake.bare(visit.request())).code();
        int most = visit.number("max", Math.min(USUAL, settings.mostDeliveries()), settings.mostDeliveries());
        int seconds = visit.number("wait", 0, (int) settings.longestWait().toSeconds());
        if (most == 0) {
            throw Visit.malformed("The parameter max is at least 1.");
        }
        List<MailboxEntry> entries = turns.during(receiver, () -> mailbox.handOut(receiver, most));
        if (!entries.isEmpty() || seconds == 0 || stopping) {
            mailbox.write(visit.response(), entries);
            return;
        }
        readToItsEnd(visit.request());
        Waiters others =
                waiters.computeIfAbsent(receiver, party -> new Waiters(party, mailbox, replies, () -> stopping));
        if (!others.join(visit.request(), most, seconds)) {
            // Answered as if it did not wait, whoever asks in a loop would ask without a pause.
            throw new Refusal(
                    ProblemCode.QUOTA,
                    "Your mailbox is empty, and " + Waiters.MOST
                            + " calls wait at it already. Wait for their answers.");
        }
        if (stopping) {
            others.look();
        }
    }

    /** Who sends an empty body in chunks would lose its connection with the answer. */
    private static void readToItsEnd(HttpServletRequest request) throws IOException {
        ServletInputStream body = request.getInputStream();
        // An end that has not come is not waited for.
        if (body.available() > 0) {
            int unused = body.read();
        }
    }

    private void lookEverywhere() {
        waiters.values().forEach(Waiters::look);
    }

    /** Something lies in this mailbox now: who waits for it is answered without waiting for the next look. */
    void arrived(PartyCode receiver) {
        Waiters waiting = waiters.get(receiver);
        if (waiting != null) {
            waiting.look();
        }
    }

    /** The gateway stops: whoever waits asks again, at another node or after the start. */
    void waitNoLonger() {
        stopping = true;
        lookEverywhere();
    }

    @Override
    public void close() {
        looking.cancel(false);
        clock.shutdownNow();
    }
}
