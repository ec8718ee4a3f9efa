package io.chapar.sandbox.faults;

import io.chapar.message.PartyCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** The faults' thread: waits, breaks something, mends what has lasted long enough; at the end mends everything. */
final class Trial {

    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LONGEST_UNTIL_A_RECEIPT = Duration.ofMinutes(3);
    private static final Duration LATE_REFUSAL = Duration.ofSeconds(15);
    private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(3);

    private final Stage stage;
    private final Schedule schedule;
    private final long begin = System.nanoTime();

    Trial(Stage stage, Schedule schedule) {
        this.stage = stage;
        this.schedule = schedule;
    }

    /** @param each how often each fault comes at least, however long that takes */
    void run(Duration time, int each) throws IOException, InterruptedException, ExecutionException {
        while (schedule.rounds() < each || begin + time.toNanos() - System.nanoTime() > 0) {
            Schedule.Next next = schedule.next();
            rest(next.calm());
            // Whatever is started again first gets room, so a disk that nobody felt to be full would show nothing.
            while (stage.troubles().isUnfelt(Fault.DISK_FULL)) {
                glance();
            }
            begins(next.fault(), next.party(), next.hold());
            inject(next);
            stage.crowd().check();
            if (stage.sightings().crowded()) {
                // Behind parked ones so much is held that the senders would have to wait.
                sendParkedAgain();
            }
        }
    }

    private void begins(Fault fault, Optional<PartyCode> party, Duration hold) {
        stage.report()
                .note(
                        "%7.1f s  %s%s, after %,d receipts",
                        seconds(),
                        fault.word(),
                        party.map(code -> " " + code).orElse(""),
                        stage.tally().receipts());
        stage.troubles().begins(fault, party, hold);
    }

    private void inject(Schedule.Next next) throws IOException, InterruptedException {
        switch (next.fault()) {
            case KILL -> {
                stage.keeper().kill();
                again(next.again() ? Optional.of(next.hold()) : Optional.empty());
            }
            case WIPE -> {
                stage.keeper().kill();
                makeRoom();
                stage.machine().wipeBroker();
                again(Optional.empty());
            }
            case STOP -> sendParkedAgain();
            case DATABASE -> {
                long gone = System.nanoTime();
                stage.machine().killDatabase();
                stage.keeper().goesOn(next.hold());
                makeRoom();
                stage.machine().startDatabase();
                works(gone);
            }
            case DISK_FULL, CLOCK_FORWARD, CLOCK_BACK, BROKER, LINK_CUT, LINK_SLOW ->
                stage.machine().suffer(next);
            case AWAY, RECEIVERS_CUT, RECEIVERS_SLOW -> stage.receivers().suffer(next);
            case LOST_RECEIPT -> {
                // The senders look at the troubles.
            }
            default -> next.party().ifPresent(party -> stage.receivers().suffer(party, next));
        }
    }

    private void sendParkedAgain() throws IOException, InterruptedException {
        stage.keeper().stop();
        makeRoom();
        stage.report()
                .note("%7.1f s  sent again: %d", seconds(), stage.inspection().sendParkedAgain());
        again(Optional.empty());
    }

    private void again(Optional<Duration> killedStarting) throws IOException, InterruptedException {
        long gone = System.nanoTime();
        if (killedStarting.isPresent()) {
            stage.keeper().killStarting(killedStarting.get());
        }
        makeRoom();
        stage.keeper().start();
        works(gone);
    }

    /** Without room or broker nothing is sent again, and nothing starts: that is for the tests of the start. */
    private void makeRoom() throws IOException, InterruptedException {
        // The broker needs room, too.
        mendAll(fault -> fault == Fault.DISK_FULL);
        mendAll(fault -> fault.place() == Fault.Place.BROKER);
    }

    private void mendAll(Predicate<Fault> which) throws IOException, InterruptedException {
        for (Troubles.Trouble trouble : stage.troubles().lasting()) {
            if (which.test(trouble.fault())) {
                mend(trouble);
            }
        }
    }

    /** Until it gives receipts again; and what it had accepted before is all there. */
    private void works(long gone) throws IOException, InterruptedException {
        long before = stage.tally().receipts();
        long end = System.nanoTime() + LONGEST_UNTIL_A_RECEIPT.toNanos();
        while (stage.tally().receipts() == before && !stage.crowd().ended()) {
            glance();
            if (System.nanoTime() - end > 0) {
                throw new BrokenPromise("it is ready and gives no receipts");
            }
        }
        stage.troubles().gatewayWorks(Duration.ofNanos(System.nanoTime() - gone));
        Inspection.Page page = stage.inspection().page();
        if (!page.balance().holds() || page.messages() < before) {
            throw new BrokenPromise("with " + before + " receipts given, the record says " + page);
        }
    }

    private void rest(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        do {
            glance();
        } while (System.nanoTime() - end < 0);
    }

    private void glance() throws IOException, InterruptedException {
        stage.keeper().goesOn(GLANCE);
        stage.machine().keepUp();
        for (Troubles.Trouble trouble : stage.troubles().over()) {
            mend(trouble);
        }
    }

    private void mend(Troubles.Trouble trouble) throws IOException, InterruptedException {
        stage.troubles().ends(trouble);
        trouble.party().ifPresent(stage.receivers()::recover);
        switch (trouble.fault().place()) {
            case ALL_RECEIVERS -> stage.receivers().recover(trouble.fault());
            case MACHINE, BROKER -> stage.machine().recover(trouble.fault());
            case GATEWAY, CALLED, FETCHING, CALLED_OR_FETCHING, SENDERS -> {
                // Over with the start, with the receiver's recovery, or with the trouble itself.
            }
        }
    }

    /**
     * Everything is mended; while senders still send, the gateway goes once more and what is parked is sent again; senders
     * get what they wait for, and all of it arrives.
     *
     * @param last {@link Fault#STOP} or {@link Fault#WIPE}
     */
    void settle(Fault last) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        makeRoom();
        mendAll(fault -> true);
        begins(last, Optional.empty(), Duration.ZERO);
        if (last == Fault.WIPE) {
            stage.keeper().kill();
            stage.machine().wipeBroker();
        }
        sendParkedAgain();
        stage.crowd().end();
        long state = -1;
        long since = System.nanoTime();
        while (!settled()) {
            stage.keeper().goesOn(LOOK);
            Inspection.Page page = stage.inspection().page();
            long now = page.balance().waiting()
                    + page.balance().parked()
                    + stage.sightings().onTheWay();
            if (now != state) {
                state = now;
                since = System.nanoTime();
            } else if (page.balance().parked() > 0 && System.nanoTime() - since > LATE_REFUSAL.toNanos()) {
                // Refused just before its receiver recovered, and written down afterwards.
                sendParkedAgain();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > LONGEST_STANDSTILL.toNanos()) {
                stage.report().line("Nothing more happens; what is missing is told below.");
                return;
            }
        }
    }

    private boolean settled() throws IOException {
        Inspection.Page page = stage.inspection().page();
        return stage.sightings().onTheWay() == 0
                && page.balance().waiting() == 0
                && page.balance().parked() == 0
                && stage.inspection().ledger().pending() == 0;
    }

    double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
