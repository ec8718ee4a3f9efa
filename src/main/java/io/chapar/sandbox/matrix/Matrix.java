package io.chapar.sandbox.matrix;

import io.chapar.message.Agreement;
import io.chapar.message.Obligation;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.Checks;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.agency.Mailboxes;
import io.chapar.sandbox.agency.QueueReaders;
import io.chapar.sandbox.agency.QueueWriters;
import io.chapar.sandbox.benchmark.GatewayProcess;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries every sample of every exchange over every channel, with gateways of its own on fresh data. */
public final class Matrix {

    /** A gateway that lives for a minute. */
    private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Where everything lies.
     *
     * @param work for the gateways' data and logs; its content is not needed afterwards
     */
    public record Folders(Path routes, Path schemas, Path certificates, Path work) {}

    private final List<Agreement> agreements;
    private final List<Agencies.Seat> seats;
    private final Folders folders;
    private final Clock clock;
    private final PrintWriter out;
    private final Results results = new Results();
    private List<String> ways = List.of();

    public Matrix(
            List<Agreement> agreements, List<Agencies.Seat> seats, Folders folders, Clock clock, PrintWriter out) {
        this.agreements = agreements.stream()
                .sorted(Comparator.comparing(Agreement::exchange))
                .toList();
        this.seats = List.copyOf(seats);
        this.folders = folders;
        this.clock = clock;
        this.out = out;
    }

    /** Returns whether no cell is empty. */
    public boolean run() throws IOException, InterruptedException, Malformed {
        Files.createDirectories(folders.work());
        Path work = Files.createTempDirectory(folders.work(), "run-");
        Path routes = OpenRoutes.copy(folders.routes(), work.resolve("routes"));
        List<Outbound> channels = List.of(Outbound.values());
        for (Outbound channel : channels) {
            over(channel, routes, work);
        }
        int empty = new Table(agreements, ways, channels, results).print(out);
        results.failures().forEach(out::println);
        say(empty == 0 ? "No cell is empty." : empty + " cells are empty.");
        return empty == 0;
    }

    private void over(Outbound channel, Path routes, Path work) throws IOException, InterruptedException, Malformed {
        Path log = work.resolve(channel.word() + ".log");
        say("Receivers on " + channel.word() + ": starting a gateway; it writes to " + log);
        Arrivals arrivals = new Arrivals(notices());
        PartyKeys keys = PartyKeys.load(folders.certificates(), PartyCode.CHAPAR);
        try (DeliveryMemory memory = DeliveryMemory.whileRunning()) {
            Agencies agencies = new Agencies(seats, folders.certificates(), memory, Optional.empty(), arrivals, clock);
            ControlDesk control = new ControlDesk(agencies, stream -> stream.println("Not here."));
            try (AgencyServer server = new AgencyServer(0, keys, agencies, control)) {
                server.start();
                GatewayProcess.Home home =
                        GatewayProcess.Home.fresh(work.resolve(channel.word()), folders.certificates(), server.port());
                try (GatewayProcess gateway =
                                GatewayProcess.start(home, JVM, settings(channel, routes, server.port()), log);
                        Mail mail = new Mail(home.address(), folders.certificates(), arrivals);
                        Mailboxes mailboxes = new Mailboxes(agencies, mail, mailboxes(channel));
                        QueueWriters writers = new QueueWriters(folders.certificates(), home.queuesPort(), PATIENCE);
                        QueueReaders readers = new QueueReaders(
                                agencies, folders.certificates(), home.queuesPort(), codes(), writers)) {
                    gateway.awaitReady(keys);
                    mailboxes.open();
                    readers.open();
                    sweep(channel, mail, writers, arrivals, keys);
                }
            }
        }
    }

    private void sweep(Outbound channel, Mail mail, QueueWriters writers, Arrivals arrivals, PartyKeys keys)
            throws InterruptedException, IOException, Malformed {
        Checks checks = new Checks(keys.signingCertificate(), clock);
        List<Inbound> all = new ArrayList<>();
        Arrays.stream(Form.values()).forEach(form -> all.add(new HttpInbound(form, mail, checks)));
        all.add(new QueueInbound(Form.REST_JSON, mail, writers, checks));
        all.add(new QueueInbound(Form.REST_XML, mail, writers, checks));
        ways = all.stream().map(Inbound::name).toList();
        Sweep sweep = new Sweep(channel, all, new Whereabouts(mail), arrivals, clock, results);
        int before = results.failures().size();
        int sent = sweep.send(agreements, folders.schemas());
        say("  " + sent + " messages sent; waiting until they are delivered and acknowledged");
        sweep.settle();
        results.failures().stream().skip(before).forEach(failure -> say("  " + failure));
    }

    private List<String> settings(Outbound channel, Path routes, int agenciesPort) {
        List<String> settings = new ArrayList<>();
        settings.add("--chapar.routes=" + routes);
        settings.add("--chapar.schemas=" + folders.schemas());
        for (Agencies.Seat seat : seats) {
            String party = "--chapar.parties." + seat.code();
            settings.add(party + ".channel=" + channel.word());
            settings.add(party + ".address=https://localhost:" + agenciesPort + "/" + seat.code() + "/deliveries");
        }
        return settings;
    }

    private List<PartyCode> mailboxes(Outbound channel) {
        return channel == Outbound.MAILBOX ? codes() : List.of();
    }

    private List<PartyCode> codes() {
        return seats.stream().map(Agencies.Seat::code).toList();
    }

    private Map<String, String> notices() {
        Map<String, String> notices = new HashMap<>();
        agreements.stream()
                .flatMap(each -> each.following().obligation().stream())
                .flatMap(obligation -> obligation.emits().stream())
                .forEach(emitted -> emitted.fields().forEach((pointer, from) -> {
                    if (from.equals(Obligation.Emitted.MESSAGE_ID)) {
                        notices.put(emitted.exchange().exchange(), pointer);
                    }
                }));
        return notices;
    }

    private void say(String text) {
        out.println(text);
        out.flush();
    }
}
