package io.chapar.sandbox.faults;

import io.chapar.sandbox.benchmark.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the gateway stands on: its disk, its clock and its broker; each made so that it can be broken, where a fault asks for it. */
final class Machine implements AutoCloseable {

    /** A clock is wrong by so many times the seconds that the schedule names: at most three and a half minutes. */
    private static final int CLOCK_TIMES = 30;

    /** So many bytes are left on a disk for each millisecond that the schedule names: less than a megabyte. */
    private static final int BYTES_LEFT = 100;

    /** What a slow line takes for each chunk: the schedule's delay would make it a silent one. */
    private static final int LINE_TIMES_FASTER = 20;

    private final @Nullable SmallDisk disk;
    private final @Nullable ClockFile clock;
    private final @Nullable DatabaseServer database;
    private final GatewayProcess.Home home;
    private final @Nullable BrokerBeside broker;

    /** Whether the disk was full since the broker was started. */
    private boolean filled;

    /** @param agencies the port at which all receivers are */
    Machine(Set<Fault> faults, FaultRun.Folders folders, int agencies, FaultRun.Ground ground) throws IOException {
        Path work = folders.work();
        disk = ground.disk().orElse(null);
        database = ground.server().orElse(null);
        clock = faults.contains(Fault.CLOCK_FORWARD) || faults.contains(Fault.CLOCK_BACK)
                ? new ClockFile(work.resolve("clock"))
                : null;
        Path disks = disk == null ? work : disk.folder();
        home = GatewayProcess.Home.fresh(disks.resolve("data"), folders.certificates(), agencies);
        broker = ground.beside()
                ? new BrokerBeside(
                        home,
                        ground.settings(),
                        Files.createDirectories(disks.resolve("broker")),
                        work.resolve("broker.log"))
                : null;
    }

    /** Those that can be produced here; why the others cannot is told. */
    static Set<Fault> possible(Set<Fault> chosen, FaultRun.Ground ground, Report report) {
        Set<Fault> faults = new TreeSet<>();
        List<String> leftOut = new ArrayList<>();
        for (Fault fault : new TreeSet<>(chosen)) {
            Optional<String> missing = missing(fault, ground);
            if (missing.isEmpty()) {
                faults.add(fault);
            } else {
                leftOut.add(fault.word());
                report.line("left out: %s, because %s", fault.word(), missing.get());
            }
        }
        report.fact("leftOut", leftOut);
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("none of these faults can be produced here");
        }
        return faults;
    }

    private static Optional<String> missing(Fault fault, FaultRun.Ground ground) {
        return switch (fault) {
            case DATABASE ->
                ground.server().isPresent() ? Optional.empty() : Optional.of("no database server is started here");
            case DISK_FULL ->
                ground.disk().isPresent()
                        ? Optional.empty()
                        : SmallDisk.missing().or(() -> Optional.of("no disk is made here"));
            case BROKER, LINK_CUT, LINK_SLOW ->
                ground.beside() ? Optional.empty() : Optional.of("the broker is inside the gateway");
            default -> Optional.empty();
        };
    }

    GatewayProcess.Home home() {
        return home;
    }

    List<String> settings() {
        return broker == null ? List.of() : List.of(broker.setting());
    }

    /** The command by which its gateway is started. */
    List<String> startedBy() {
        return clock == null ? List.of() : clock.gateway();
    }

    /** Returns when whatever the gateway needs is there. */
    void start() throws IOException, InterruptedException {
        if (broker != null) {
            broker.start();
            filled = false;
        }
    }

    void killDatabase() throws IOException, InterruptedException {
        made(database).kill();
    }

    /** Returns when it serves. */
    void startDatabase() throws IOException, InterruptedException {
        made(database).start();
    }

    /** What could not write any more ended, perhaps only after there was room again; nothing else may end by itself. */
    void keepUp() throws IOException, InterruptedException {
        if (broker != null && broker.ended()) {
            if (!filled) {
                throw new BrokenPromise("the broker ended by itself");
            }
            if (!made(disk).full()) {
                start();
            }
        }
    }

    /** What the broker keeps is gone, and nothing else; the gateway is not there meanwhile. */
    void wipeBroker() throws IOException, InterruptedException {
        Path store = home.data().resolve("broker");
        if (broker != null) {
            broker.kill();
            store = broker.store();
        }
        if (Files.notExists(store)) {
            throw new IOException("there is no " + store + " that could be wiped");
        }
        List<Path> doomed = new ArrayList<>();
        try (Stream<Path> files = Files.walk(store)) {
            files.sorted(Comparator.reverseOrder()).forEach(doomed::add);
        }
        for (Path file : doomed) {
            Files.delete(file);
        }
        start();
    }

    void suffer(Schedule.Next next) throws IOException, InterruptedException {
        Duration wrong = next.delay().multipliedBy(CLOCK_TIMES);
        switch (next.fault()) {
            case DISK_FULL -> {
                filled = true;
                made(disk).fill(next.delay().toMillis() * BYTES_LEFT);
            }
            case CLOCK_FORWARD -> made(clock).wrongBy(wrong);
            case CLOCK_BACK -> made(clock).wrongBy(wrong.negated());
            case BROKER -> made(broker).kill();
            case LINK_SLOW -> made(broker).link().slow(next.delay().dividedBy(LINE_TIMES_FASTER));
            case LINK_CUT -> {
                if (next.again()) {
                    made(broker).link().silence();
                } else {
                    made(broker).link().cut();
                }
            }
            default -> throw new IllegalArgumentException(next.fault() + " is not of the machine");
        }
    }

    void recover(Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case DISK_FULL -> {
                made(disk).free();
                keepUp();
                if (database != null) {
                    database.hasRoomAgain();
                }
            }
            case CLOCK_FORWARD, CLOCK_BACK -> made(clock).wrongBy(Duration.ZERO);
            case BROKER -> start();
            case LINK_CUT, LINK_SLOW -> made(broker).link().mend();
            default -> throw new IllegalArgumentException(fault + " is not of the machine");
        }
    }

    private static <T> T made(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("this was not made to be broken");
        }
        return part;
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
    }
}
