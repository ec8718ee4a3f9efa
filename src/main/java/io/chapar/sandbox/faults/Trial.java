package io.chapar.sandbox.faults;

import io.chapar.message.PartyCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The faults' thread: waits, breaks something, mends what has lasted long enough; at the end mends everything. */
final class Trial {

    /**
     * What can be broken, and what tells how it stands.
     *
     * @param database where the harness started one
     */
    record Stage(
            Keeper keeper,
            Receivers receivers,
            Optional<DatabaseServer> database,
            Inspection inspection,
            Crowd crowd,
            Sightings sightings,
            Tally tally,
            Troubles troubles,
            Report report) {}

    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LONGEST_UNTIL_A_RECEIPT = Duration.ofMinutes(3);
    private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(3);

    private final Stage stage;
    private final Schedule schedule;
    private final long begin = System.nanoTime();

    Trial(Stage stage, Schedule schedule) {
        this.stage = stage;
        this.schedule = schedule;
    }

    /** @param rounds how often each fault comes at least, when it is not by time */
    void run(Duration time, int rounds) throws IOException, InterruptedException, ExecutionException {
        while (rounds > 0 ? schedule.rounds() < rounds : begin + time.toNanos() - System.nanoTime() > 0) {
            Schedule.Next next = schedule.next();
            rest(next.calm());
            stage.report()
                    .note(
                            "%7.1f s  %s%s, after %,d receipts",
                            seconds(),
                            next.fault().word(),
                            next.party().map(code -> " " + code).orElse(""),
                            stage.tally().receipts());
            stage.troubles().begins(next.fault(), next.party(), next.hold());
            inject(next);
            stage.crowd().check();
            if (stage.sightings().crowded()) {
                // Behind parked ones so much is held that the senders would have to wait.
                sendParkedAgain();
            }
        }
    }

    private void inject(Schedule.Next next) throws IOException, InterruptedException {
        switch (next.fault()) {
            case KILL -> {
                stage.keeper().kill();
                again(next.again() ? Optional.of(next.hold()) : Optional.empty());
            }
            case WIPE -> {
                stage.keeper().kill();
                stage.keeper().wipeBroker();
                again(Optional.empty());
            }
            case STOP -> sendParkedAgain();
            case DATABASE -> {
                DatabaseServer database = stage.database().orElseThrow();
                long gone = System.nanoTime();
                database.kill();
                stage.keeper().goesOn(next.hold());
                database.start();
                works(gone);
            }
            case AWAY -> stage.receivers().shut();
            case LOST_RECEIPT -> {
                // The senders look at the troubles.
            }
            default -> next.party().ifPresent(party -> stage.receivers().suffer(party, next));
        }
    }

    private void sendParkedAgain() throws IOException, InterruptedException {
        stage.keeper().stop();
        stage.report()
                .note("%7.1f s  sent again: %d", seconds(), stage.inspection().sendParkedAgain());
        again(Optional.empty());
    }

    private void again(Optional<Duration> killedStarting) throws IOException, InterruptedException {
        long gone = System.nanoTime();
        if (killedStarting.isPresent()) {
            stage.keeper().killStarting(killedStarting.get());
        }
        stage.keeper().start();
        works(gone);
    }

    /** Until it gives receipts again; and what it had accepted before is all there. */
    private void works(long gone) throws IOException, InterruptedException {
        long before = stage.tally().receipts();
        long end = System.nanoTime() + LONGEST_UNTIL_A_RECEIPT.toNanos();
        while (stage.tally().receipts() == before && !stage.crowd().ended()) {
            stage.keeper().goesOn(GLANCE);
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

    private void rest(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        do {
            stage.keeper().goesOn(GLANCE);
            stage.troubles().over().forEach(this::mend);
        } while (System.nanoTime() - end < 0);
    }

    private void mend(Troubles.Trouble trouble) {
        stage.troubles().ends(trouble);
        trouble.party().ifPresent(this::recover);
        if (trouble.fault() == Fault.AWAY) {
            stage.receivers().open();
        }
    }

    private void recover(PartyCode party) {
        stage.receivers().recover(party);
    }

    /** Everything is mended, senders get what they wait for, parked ones are sent again, and all of it arrives. */
    void settle() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        stage.troubles().lasting().forEach(this::mend);
        stage.crowd().end();
        sendParkedAgain();
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
