package io.chapar.sandbox;

import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.BirthOffice;
import io.chapar.sandbox.agency.Mailboxes;
import io.chapar.sandbox.agency.QueueReaders;
import io.chapar.sandbox.play.Morning;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/**
 * Agencies listen before the gateway delivers anything, and send only when it is ready; they fall silent before it stops.
 */
final class SandboxLife implements SmartLifecycle {

    private final AgencyServer server;
    private final BirthOffice office;
    private final Mailboxes mailboxes;
    private final QueueReaders queues;
    private final Morning morning;
    private final boolean plays;
    private volatile boolean running;
    private volatile @Nullable Thread playing;

    SandboxLife(
            AgencyServer server,
            BirthOffice office,
            Mailboxes mailboxes,
            QueueReaders queues,
            Morning morning,
            boolean plays) {
        this.server = server;
        this.office = office;
        this.mailboxes = mailboxes;
        this.queues = queues;
        this.morning = morning;
        this.plays = plays;
    }

    @Override
    public void start() {
        server.start();
        running = true;
    }

    @EventListener(ApplicationReadyEvent.class)
    public void gatewayIsReady() {
        office.open();
        mailboxes.open();
        queues.open();
        Thread thread = new Thread(plays ? morning::playAtStart : morning::sayAddresses, "sandbox-morning");
        thread.setDaemon(true);
        playing = thread;
        thread.start();
    }

    /** The beans that were started close themselves; only who sends must be quiet first. */
    @Override
    public void stop() {
        Thread thread = playing;
        if (thread != null) {
            thread.interrupt();
        }
        mailboxes.close();
        queues.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First to start, and so last to stop but for what is sent. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
