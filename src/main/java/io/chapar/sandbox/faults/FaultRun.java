package io.chapar.sandbox.faults;

import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.Checks;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.agency.Mailboxes;
import io.chapar.sandbox.agency.QueueReaders;
import io.chapar.sandbox.agency.QueueWriters;
import io.chapar.sandbox.benchmark.GatewayProcess;
import io.chapar.sandbox.play.Counter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One run: a gateway of its own, all agencies, their messages, and the faults. */
public final class FaultRun {

    private static final int MOST_ON_THE_WAY = 4_000;
    private static final Duration PATIENCE_AT_A_QUEUE = Duration.ofSeconds(15);

    /** What waits for seconds instead of a minute, so that each fault is felt and over within the run. */
    private static final List<String> QUICK = List.of(
            "--chapar.doors.mailbox-invisible=5s",
            "--chapar.broker.unacknowledged=5s",
            "--chapar.deliver.response-timeout=4s",
            "--chapar.deliver.longest-back-off=5s");

    /** @param work for the gateway's data, its log and the report */
    public record Folders(Path schemas, Path certificates, Path work) {}

    /**
     * What lies below the gateway.
     *
     * @param settings further ones, for the gateway
     * @param inspection of the data folder
     * @param server the database, where it is a server that may be killed
     * @param beside whether the broker is a process of its own
     * @param disk on which all that is kept lies, where one can be filled
     */
    public record Ground(
            List<String> settings,
            Function<Path, Inspection> inspection,
            Optional<DatabaseServer> server,
            boolean beside,
            Optional<SmallDisk> disk) {}

    private final Plan plan;
    private final World world;
    private final Folders folders;
    private final Ground ground;
    private final Clock clock;
    private final Report report;
    private final Sightings sightings = new Sightings(MOST_ON_THE_WAY);
    private final Troubles troubles = new Troubles(this::effects);
    private final Tally tally = new Tally(troubles);
    private final Gate gate = new Gate();

    public FaultRun(Plan plan, World world, Folders folders, Ground ground, Clock clock, PrintWriter out)
            throws IOException {
        this.plan = plan;
        this.world = world;
        this.folders = folders;
        this.ground = ground;
        this.clock = clock;
        this.report = new Report(folders.work(), out);
    }

    /** Returns whether every promise was kept. */
    public boolean run() throws IOException, InterruptedException, Malformed {
        report.line("seed %d; everything lies in %s", plan.seed(), folders.work());
        report.fact("seed", plan.seed());
        report.fact("at", clock.instant().toString());
        Verdict verdict = new Verdict(report);
        Set<Fault> faults = Machine.possible(plan.faults(), ground, report);
        PartyKeys keys = PartyKeys.load(folders.certificates(), PartyCode.CHAPAR);
        try (DeliveryMemory memory = DeliveryMemory.onDisk(folders.work().resolve("agencies"))) {
            Agencies agencies =
                    new Agencies(world.seats(), folders.certificates(), memory, Optional.empty(), sightings, clock);
            try (Receivers receivers = new Receivers(agencies, keys)) {
                receivers.open();
                try (Machine machine = new Machine(faults, folders, receivers.port(), ground)) {
                    withGateway(machine, faults, agencies, receivers, keys, verdict);
                }
            }
        }
        verdict.faults(faults, troubles, tally);
        boolean kept = verdict.tell(plan.seed());
        report.write();
        return kept;
    }

    private void withGateway(
            Machine machine, Set<Fault> faults, Agencies agencies, Receivers receivers, PartyKeys keys, Verdict verdict)
            throws IOException, InterruptedException, Malformed {
        GatewayProcess.Home home = machine.home();
        List<String> settings = new ArrayList<>(QUICK);
        settings.addAll(ground.settings());
        settings.addAll(machine.settings());
        Inspection inspection = ground.inspection().apply(home.data());
        Correspondence.Library library =
                Correspondence.Library.of(world.agreements(), world.channels(), folders.schemas());
        List<Sender> senders = new ArrayList<>();
        try (Keeper keeper = new Keeper(home, keys, machine.startedBy(), settings, report.gatewayLog(), gate);
                Mail mail = new Mail(home.address(), folders.certificates(), new Counter());
                QueueWriters writers =
                        new QueueWriters(folders.certificates(), home.queuesPort(), PATIENCE_AT_A_QUEUE);
                Mailboxes mailboxes = new Mailboxes(agencies, mail, on(Party.Channel.MAILBOX, library));
                QueueReaders readers = new QueueReaders(
                        agencies, folders.certificates(), home.queuesPort(), readers(library), writers);
                Crowd crowd = new Crowd(plan.senders())) {
            machine.start();
            keeper.start();
            mailboxes.open();
            readers.open();
            Doors doors = new Doors(mail, writers, new Checks(keys.signingCertificate(), clock));
            Sender.Ground common = new Sender.Ground(mail, doors, gate, sightings, tally, this::forgetful);
            for (int i = 0; i < plan.senders(); i++) {
                senders.add(new Sender(
                        new Correspondence(i, plan.seed(), library, clock), plan.rate() / plan.senders(), common));
            }
            Trial trial = new Trial(
                    new Stage(machine, keeper, receivers, inspection, crowd, sightings, tally, troubles, report),
                    new Schedule(plan.seed(), faults, sentTo(library)));
            try (Pulse pulse = new Pulse(report, troubles, tally, sightings)) {
                tally.begins();
                senders.forEach(crowd::begin);
                trial.run(plan.time(), plan.each());
                trial.settle(plan.last());
            } catch (BrokenPromise e) {
                verdict.broken(String.valueOf(e.getMessage()));
            } catch (ExecutionException e) {
                verdict.broken(String.valueOf(e.getCause()));
            } catch (TimeoutException e) {
                verdict.broken("senders wait for receipts that do not come");
            }
            report.fact("seconds", Math.round(trial.seconds()));
            List<Journey> receipts = senders.stream()
                    .flatMap(sender -> sender.receipts().stream())
                    .toList();
            verdict.judge(receipts, sightings, tally, inspection);
        }
    }

    /** A receiver's trouble is felt when it misbehaves, a full disk when something is not durable. */
    private OptionalLong effects(Fault fault, Optional<PartyCode> party) {
        if (fault == Fault.DISK_FULL) {
            return OptionalLong.of(tally.notDurable());
        }
        return party.map(code -> OptionalLong.of(sightings.misbehaviours(code))).orElseGet(OptionalLong::empty);
    }

    private boolean forgetful() {
        return troubles.lasting().stream().anyMatch(trouble -> trouble.fault() == Fault.LOST_RECEIPT);
    }

    private Map<PartyCode, Party.Channel> sentTo(Correspondence.Library library) {
        return world.channels().entrySet().stream()
                .filter(party -> library.receivers().contains(party.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private List<PartyCode> on(Party.Channel channel, Correspondence.Library library) {
        return sentTo(library).entrySet().stream()
                .filter(party -> party.getValue() == channel)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whoever has a queue to read: deliveries, or answers to what it wrote. */
    private List<PartyCode> readers(Correspondence.Library library) {
        Set<PartyCode> all = library.senders(world.parties());
        on(Party.Channel.QUEUE, library).forEach(all::add);
        return all.stream().sorted().toList();
    }
}
