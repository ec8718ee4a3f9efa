package io.chapar.sandbox.group;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.agency.Mailboxes;
import io.chapar.sandbox.faults.Inspection;
import io.chapar.sandbox.faults.Report;
import io.chapar.sandbox.faults.World;
import io.chapar.sandbox.load.Findings;
import io.chapar.sandbox.load.Source;
import io.chapar.sandbox.play.Counter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.PartyKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gateways that share a database, and run already: steady traffic through them, while one thing after the other is done. */
public final class GroupRun {

    private static final Logger LOG = LoggerFactory.getLogger(GroupRun.class);
    private static final PartyCode FETCHING = new PartyCode("MLSPP");
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int OK = 200;
    private static final long SEED = 2018;

    /**
     * What is done.
     *
     * @param nodes where agencies reach each
     * @param agenciesPort where nodes reach the agencies
     * @param rest how long traffic goes on undisturbed before the first step and after each
     * @param longest that nobody may be given anything in, whatever is done
     * @param steps commands of the shell by name, in their order
     */
    public record Plan(
            List<URI> nodes,
            int agenciesPort,
            double rate,
            Duration rest,
            Duration longest,
            Map<String, String> steps) {}

    private final Plan plan;
    private final World world;
    private final Path certificates;
    private final Inspection inspection;
    private final Clock clock;
    private final Findings findings;
    private final Counter counter = new Counter();
    private final List<Stretch> stretches = new ArrayList<>();

    /** @param inspection of what the nodes share */
    public GroupRun(Plan plan, World world, Path certificates, Inspection inspection, Clock clock, Report report) {
        this.plan = plan;
        this.world = world;
        this.certificates = certificates;
        this.inspection = inspection;
        this.clock = clock;
        this.findings = new Findings(report);
    }

    /** Returns whether everything that was accepted arrived once, and no pause was too long. */
    public boolean run() throws IOException, InterruptedException {
        PartyKeys keys = PartyKeys.load(certificates, PartyCode.CHAPAR);
        Watch watch = new Watch(new Stretch("start"));
        List<Mail> mails = plan.nodes().stream()
                .map(node -> new Mail(node, certificates, counter, Steady.SENDERS))
                .toList();
        try (DeliveryMemory memory = DeliveryMemory.whileRunning()) {
            Agencies agencies = new Agencies(world.seats(), certificates, memory, Optional.empty(), watch, clock);
            ControlDesk desk = new ControlDesk(agencies, stream -> stream.println("Not here."));
            List<Mailboxes> mailboxes = mails.stream()
                    .map(mail -> new Mailboxes(agencies, mail, List.of(FETCHING)))
                    .toList();
            try (AgencyServer server = new AgencyServer(plan.agenciesPort(), keys, agencies, desk);
                    Steady steady = steady(mails, watch)) {
                server.start();
                mailboxes.forEach(Mailboxes::open);
                findings.must(await(() -> mails.stream().allMatch(GroupRun::answers), START), "not every node answers");
                drive(steady, watch);
                new Outcome(plan.longest(), inspection, counter, findings).tell(stretches, steady, watch);
            } finally {
                mailboxes.forEach(Mailboxes::close);
                mails.forEach(Mail::close);
            }
        }
        return findings.tell() == Findings.Verdict.KEPT;
    }

    private Steady steady(List<Mail> mails, Watch watch) {
        Source source = new Source(SEED, clock, world.agreements());
        List<Steady.Node> nodes =
                mails.stream().map(mail -> (Steady.Node) mail::send).toList();
        return new Steady(nodes, () -> source.next(mails.get(0)), watch);
    }

    private void drive(Steady steady, Watch watch) throws IOException, InterruptedException {
        stretch("before", watch);
        watch.starts();
        steady.begin(plan.rate());
        settled("before", steady, watch, PATIENCE);
        rest();
        for (Map.Entry<String, String> step : plan.steps().entrySet()) {
            stretch(step.getKey(), watch);
            int code = new ProcessBuilder("sh", "-c", step.getValue())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("the step '" + step.getKey() + "' ended with " + code);
            }
            settled(step.getKey(), steady, watch, PATIENCE);
            rest();
        }
        stretch("afterwards", watch);
        rest();
        steady.end();
        boolean done = await(() -> watch.done(watch.newest()), PATIENCE);
        findings.must(done, watch.underWay() + " messages have no receipt, or are not with all their receivers");
    }

    private static boolean answers(Mail node) {
        try {
            return node.connection(FETCHING).get("/api/v1/exchanges").status() == OK;
        } catch (IOException e) {
            LOG.debug("not yet", e);
            return false;
        }
    }

    private void stretch(String name, Watch watch) {
        Stretch next = new Stretch(name);
        stretches.add(next);
        watch.begins(next);
        findings.say("%-24s begins; %,d messages sent", name, watch.newest());
    }

    /** Every node gives receipts again, and what was sent until then is where it belongs. */
    private void settled(String when, Steady steady, Watch watch, Duration patience) throws InterruptedException {
        List<Long> before = steady.receipts();
        boolean all = await(() -> eachHasMore(before, steady.receipts()), patience);
        findings.must(all, when + ": not every node gives receipts again");
        long newest = watch.newest();
        findings.must(await(() -> watch.done(newest), patience), when + ": something did not arrive");
    }

    private static boolean eachHasMore(List<Long> before, List<Long> now) {
        return IntStream.range(0, now.size()).allMatch(i -> now.get(i) > before.get(i));
    }

    private void rest() throws InterruptedException {
        // Nothing ends it before its time.
        await(() -> false, plan.rest());
    }

    private boolean await(BooleanSupplier answer, Duration patience) throws InterruptedException {
        return counter.await(answer, patience.toNanos());
    }
}
