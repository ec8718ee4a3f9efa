package io.chapar.sandbox.benchmark;

import io.chapar.message.Agreement;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.agency.Mailboxes;
import io.chapar.sandbox.agency.QueueReaders;
import io.chapar.sandbox.play.Counter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Measures a gateway under the standard load, as all agencies around it. */
public final class Benchmark {

    /** Envelopes are signed beforehand, and older than a few minutes the gateway does not take them. */
    private static final int LONGEST_SECONDS = 200;

    /**
     * What is measured.
     *
     * @param rate messages a second
     * @param warmUp seconds before it counts
     * @param saturation whether also as fast as the connections carry it
     * @param messages at saturation, signed beforehand
     * @param connections senders at once
     */
    public record Plan(double rate, int seconds, int warmUp, boolean saturation, int messages, int connections) {

        public Plan {
            if (seconds < 1
                    || seconds > LONGEST_SECONDS
                    || rate <= 0
                    || connections < 1
                    || messages < 1
                    || warmUp < 0) {
                throw new IllegalArgumentException("a number is out of its range; see --help");
            }
        }
    }

    /** Who there is, what is agreed on, and where its files lie. */
    public record Known(
            Collection<Agreement> agreements, Collection<Party> parties, Path routes, Path schemas, Path certificates) {

        private List<PartyCode> on(Party.Channel channel) {
            return parties.stream()
                    .filter(party -> party.channel() == channel)
                    .map(Party::code)
                    .filter(code -> !code.equals(PartyCode.CHAPAR))
                    .toList();
        }
    }

    /**
     * A gateway that runs already.
     *
     * @param queuesPort of its AMQP
     * @param process for its CPU time, when it is known
     */
    public record Running(URI address, int queuesPort, OptionalLong process) {}

    private final Plan plan;
    private final Known known;
    private final Clock clock;
    private final PrintWriter out;
    private final Counter counter = new Counter();

    public Benchmark(Plan plan, Known known, Clock clock, PrintWriter out) {
        this.plan = plan;
        this.known = known;
        this.clock = clock;
        this.out = out;
    }

    /**
     * @param running measured, if there is one; else one is started
     * @param agenciesPort where the agencies listen; 0 for any that is free
     * @param jvm options for the Java of a gateway that is started
     * @param reports the folder for what was found
     */
    public void run(Optional<Running> running, int agenciesPort, List<String> jvm, Path reports)
            throws IOException, InterruptedException, Malformed {
        Reports files = new Reports(reports, clock.instant(), plan.rate());
        List<Agencies.Seat> seats =
                known.parties().stream().map(Agencies.Seat::of).toList();
        try (DeliveryMemory memory = DeliveryMemory.whileRunning()) {
            Agencies agencies = new Agencies(seats, known.certificates(), memory, Optional.empty(), counter, clock);
            PartyKeys keys = PartyKeys.load(known.certificates(), PartyCode.CHAPAR);
            files.keep("machine", Figures.of(MachineSpeed.measure(keys.signer())), out);
            ControlDesk control = new ControlDesk(agencies, stream -> stream.println("Not here."));
            try (AgencyServer server = new AgencyServer(agenciesPort, keys, agencies, control)) {
                server.start();
                if (running.isPresent()) {
                    measure(agencies, running.get(), files);
                } else {
                    measureOwn(agencies, keys, server.port(), jvm, files);
                }
            }
        }
        files.write();
        say("Kept in " + files.file(".json"));
    }

    private void measureOwn(Agencies agencies, PartyKeys keys, int agenciesPort, List<String> jvm, Reports files)
            throws IOException, InterruptedException, Malformed {
        Path log = files.file(".log");
        say("Starting a gateway of its own; it writes to " + log);
        GatewayProcess.Home home = GatewayProcess.Home.fresh(
                Files.createTempDirectory("chapar-benchmark-"), known.certificates(), agenciesPort);
        List<String> settings = List.of("--chapar.routes=" + known.routes(), "--chapar.schemas=" + known.schemas());
        try (GatewayProcess own = GatewayProcess.start(home, jvm, settings, log)) {
            own.awaitReady(keys);
            measure(agencies, new Running(own.address(), home.queuesPort(), OptionalLong.of(own.pid())), files);
        }
    }

    private void measure(Agencies agencies, Running gateway, Reports files)
            throws IOException, InterruptedException, Malformed {
        try (Mail mail = new Mail(gateway.address(), known.certificates(), counter);
                Mailboxes mailboxes = new Mailboxes(agencies, mail, known.on(Party.Channel.MAILBOX));
                QueueReaders queues = new QueueReaders(
                        agencies, known.certificates(), gateway.queuesPort(), known.on(Party.Channel.QUEUE))) {
            mailboxes.open();
            queues.open();
            Measurement measurement = new Measurement(mail, counter, plan.connections(), gateway.process());
            Mix mix = new Mix(clock.millis(), clock, known.agreements(), known.schemas());
            if (plan.warmUp() > 0) {
                say("Warming up for " + plan.warmUp() + " s");
                measurement.atRate(mix.sign(inSeconds(plan.warmUp()), mail), plan.rate());
            }
            say("Measuring at " + plan.rate() + " a second for " + plan.seconds() + " s");
            files.keep("fixedRate", measurement.atRate(mix.sign(inSeconds(plan.seconds()), mail), plan.rate()), out);
            if (plan.saturation()) {
                if (plan.warmUp() > 0) {
                    // What a fixed rate has warmed is compiled for that rate: figures taken now are the compiler's.
                    say("Warming up at saturation for " + plan.warmUp() + " s");
                    measurement.atSaturation(mix.sign(plan.messages(), mail), plan.warmUp());
                }
                say("Measuring at saturation, with " + plan.connections() + " connections");
                files.keep(
                        "saturation", measurement.atSaturation(mix.sign(plan.messages(), mail), plan.seconds()), out);
            }
        }
    }

    private int inSeconds(int seconds) {
        return (int) Math.ceil(plan.rate() * seconds);
    }

    private void say(String text) {
        out.println(text);
        out.flush();
    }
}
