package io.chapar.sandbox.load;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.Checks;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.agency.Mailboxes;
import io.chapar.sandbox.benchmark.GatewayProcess;
import io.chapar.sandbox.faults.Inspection;
import io.chapar.sandbox.faults.Report;
import io.chapar.sandbox.faults.World;
import io.chapar.sandbox.play.Counter;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.TlsContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A gateway of its own, all agencies around it, and what tells how both are. */
final class Station implements AutoCloseable {

    private static final PartyCode FETCHING = new PartyCode("MLSPP");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration ARRIVAL = Duration.ofMinutes(3);
    private static final long SEED = 2018;

    /**
     * What a gateway is started with.
     *
     * @param jvm options of its Java
     */
    record Start(
            World world,
            Path certificates,
            List<String> jvm,
            List<String> settings,
            Function<Path, Inspection> inspection) {}

    private final Start start;
    private final Findings findings;
    private final Clock clock;
    private final Path log;
    private final Counter counter = new Counter();
    private final Arrivals arrivals = new Arrivals(counter);
    private final DeliveryMemory memory = DeliveryMemory.whileRunning();
    private final PartyKeys keys;
    private final Agencies agencies;
    private final AgencyServer server;
    private final GatewayProcess.Home home;
    private final Source source;
    private final Mail mail;
    private final Mailboxes mailboxes;
    private @Nullable GatewayProcess gateway;
    private @Nullable Vitals vitals;

    private Station(Start start, Report report, Path data, Clock clock) {
        this.start = start;
        this.clock = clock;
        this.findings = new Findings(report);
        this.log = report.gatewayLog();
        this.keys = PartyKeys.load(start.certificates(), PartyCode.CHAPAR);
        this.agencies =
                new Agencies(start.world().seats(), start.certificates(), memory, Optional.empty(), arrivals, clock);
        this.server =
                new AgencyServer(0, keys, agencies, new ControlDesk(agencies, stream -> stream.println("Not here.")));
        server.start();
        this.home = GatewayProcess.Home.fresh(data, start.certificates(), server.port());
        this.source = new Source(SEED, clock, start.world().agreements());
        this.mail = new Mail(home.address(), start.certificates(), counter, Traffic.SENDERS);
        this.mailboxes = new Mailboxes(agencies, mail, List.of(FETCHING));
    }

    /** Returns when the gateway is ready. */
    static Station open(Start start, Report report, Path data, Clock clock) throws IOException, InterruptedException {
        Station station = new Station(start, report, data, clock);
        try {
            station.start();
            station.mailboxes.open();
            return station;
        } catch (IOException | InterruptedException | RuntimeException e) {
            station.close();
            throw e;
        }
    }

    /** Starts the gateway on what the one before left; returns how long that took. */
    Duration start() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        GatewayProcess process = GatewayProcess.start(home, start.jvm(), start.settings(), log);
        gateway = process;
        process.awaitReady(keys);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        vitals = Vitals.of(process.pid());
        return took;
    }

    /** In order, as an administrator does. */
    void stop() throws IOException {
        notAsked();
        GatewayProcess running = gateway;
        gateway = null;
        if (running != null) {
            running.close();
        }
    }

    /** At once, as when the power fails. */
    void kill() throws IOException, InterruptedException {
        notAsked();
        GatewayProcess running = gateway;
        gateway = null;
        if (running != null) {
            running.kill();
        }
    }

    private void notAsked() throws IOException {
        Vitals open = vitals;
        vitals = null;
        if (open != null) {
            open.close();
        }
    }

    /** Waits; it must not end by itself meanwhile. */
    void goesOn(Duration time) throws IOException, InterruptedException {
        GatewayProcess running = gateway;
        if (running == null || running.endedWithin(time)) {
            throw new IOException("the gateway is not running; see " + log);
        }
    }

    Vitals.Sample sample() throws IOException {
        Vitals open = vitals;
        if (open == null) {
            throw new IllegalStateException("the gateway is not running");
        }
        return open.sample();
    }

    Instant now() {
        return clock.instant();
    }

    Findings findings() {
        return findings;
    }

    Counter counter() {
        return counter;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    Agencies agencies() {
        return agencies;
    }

    Source source() {
        return source;
    }

    Mail mail() {
        return mail;
    }

    /** Further mail, which the caller closes. */
    Mail mail(int connections) {
        return new Mail(home.address(), start.certificates(), counter, connections);
    }

    /** Connections that show no certificate, which the caller closes. */
    GatewayConnection strangers(int connections) {
        return new GatewayConnection(home.address(), TlsContexts.anonymousClient(keys.authorities()), connections);
    }

    /** Shows no certificate either. */
    FleetingStranger fleetingStranger() {
        return new FleetingStranger(home.address(), TlsContexts.anonymousClient(keys.authorities()));
    }

    Path data() {
        return home.data();
    }

    Checks checks() {
        return new Checks(keys.signingCertificate(), clock);
    }

    /** Written and signed beforehand, so that senders cost little while it counts. */
    List<Source.Item> signed(int messages) {
        return signed(messages, source);
    }

    /** The same number draws the same mix each time, under fresh ids. */
    List<Source.Item> signed(int messages, int draw) {
        return signed(messages, new Source(SEED + draw, clock, start.world().agreements()));
    }

    private List<Source.Item> signed(int messages, Source from) {
        return IntStream.range(0, messages).mapToObj(i -> from.next(mail)).toList();
    }

    /** What the record says; the gateway may run meanwhile. */
    Inspection.Page page() throws IOException {
        return start.inspection().apply(home.data()).page();
    }

    /** Waits until these have all that they are owed; whether they got it. */
    boolean awaitArrived(Traffic traffic, Collection<PartyCode> parties) throws InterruptedException {
        return counter.await(() -> parties.stream().allMatch(traffic::arrived), ARRIVAL.toNanos());
    }

    /** An acknowledgement is recorded a moment after its receiver has given it. */
    void awaitNothingWaits() throws InterruptedException {
        boolean settled = counter.await(() -> waiting() == 0, PATIENCE.toNanos());
        findings.must(settled, "some deliveries still wait in the record");
    }

    private long waiting() {
        try {
            return page().balance().waiting();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        mailboxes.close();
        mail.close();
        stop();
        server.close();
        memory.close();
    }
}
