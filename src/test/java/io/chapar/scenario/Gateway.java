package io.chapar.scenario;

import io.chapar.app.WholeGateway;
import io.chapar.app.broker.EmbeddedBroker;
import io.chapar.app.catalogue.ReloadableParties;
import io.chapar.ledger.TimestampGate;
import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.PartyCode;
import io.chapar.record.MessageRecord;
import io.chapar.sandbox.agency.Agencies;
import io.chapar.sandbox.agency.AgencyServer;
import io.chapar.sandbox.agency.Checks;
import io.chapar.sandbox.agency.ControlDesk;
import io.chapar.sandbox.agency.DeliveryMemory;
import io.chapar.sandbox.agency.Mailboxes;
import io.chapar.sandbox.agency.QueueCipher;
import io.chapar.sandbox.agency.QueueReaders;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.TestCertificates;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** A whole gateway with everything real but the agencies around it, on ports of its own, in a folder of its own. */
final class Gateway implements AutoCloseable {

    /** A party that may send nothing at all. */
    static final String WITHOUT_QUOTA = "CEC";

    /** To send and seal more is slow here. Between 50 MB and one byte more LargeAttachmentsTest tells apart, at a queue. */
    static final int LARGEST_FILE = 10 << 20;

    private final Path folder;
    private final Ground ground;
    private final ServletWebServerApplicationContext context;
    private final Arrivals arrivals = new Arrivals();
    private final Agencies agencies;
    private final AgencyServer server;
    private final Mail mail;
    private final URI address;
    private final Mailboxes mailboxes;
    private final QueueReaders queues;
    private final Directory directory;
    private final Wire wire;
    private final Map<String, PartyKeys> keys = new ConcurrentHashMap<>();

    private Gateway(
            Path folder,
            Collection<ScenarioFile> scenarios,
            Path routes,
            Path schemas,
            Map<String, Boolean> encrypted,
            String... more)
            throws IOException {
        this.folder = folder;
        Path certificates = folder.resolve("certificates");
        TestCertificates.in(certificates);
        this.directory = Directory.make(routes, folder.resolve("routes"), certificates, scenarios, encrypted);
        this.agencies = new Agencies(
                directory.seats(),
                certificates,
                DeliveryMemory.whileRunning(),
                Optional.empty(),
                directory.providers(arrivals),
                arrivals,
                Clock.systemUTC());
        this.server =
                new AgencyServer(0, keys(PartyCode.CHAPAR.value()), agencies, new ControlDesk(agencies, nowhere -> {}));
        server.start();
        this.ground = Ground.of(folder.resolve("data"));
        List<String> settings = WholeGateway.settings(
                folder,
                "--chapar.database.url=" + ground.url(),
                "--chapar.routes=" + folder.resolve("routes"),
                "--chapar.schemas=" + schemas,
                // On a busy machine a turn comes late, above all to one who attacks; no scenario is about that.
                "--chapar.doors.longest-turn-wait=1m",
                "--chapar.quotas.parties." + WITHOUT_QUOTA + ".messages-per-second=0",
                "--chapar.sandbox.port=" + server.port(),
                "--chapar.timestamps.every=1s",
                "--chapar.deliver.longest-back-off=1s",
                "--chapar.attachments.largest=" + LARGEST_FILE);
        settings.addAll(List.of(more));
        this.context = WholeGateway.start(settings);
        this.address = URI.create("https://localhost:" + context.getWebServer().getPort());
        this.wire = new Wire(
                address,
                new QueueWire(
                        broker().amqpPort(),
                        this::keys,
                        party -> encrypted.containsKey(party)
                                ? Optional.of(new QueueCipher(certificates, new PartyCode(party)))
                                : Optional.empty()),
                this::keys,
                directory.doubtfulClients());
        this.mail = new Mail(address, certificates, new Silent());
        this.mailboxes = new Mailboxes(agencies, mail, directory.fetching("mailbox", scenarios));
        mailboxes.open();
        this.queues =
                new QueueReaders(agencies, certificates, broker().amqpPort(), directory.fetching("queue", scenarios));
        queues.open();
    }

    static Gateway start(Path folder, Collection<ScenarioFile> scenarios) throws IOException {
        return start(folder, scenarios, Path.of("routes"), Path.of("schemas"));
    }

    /** With other agreements and schemas than those of the catalogue. */
    static Gateway start(Path folder, Collection<ScenarioFile> scenarios, Path routes, Path schemas)
            throws IOException {
        return new Gateway(folder, scenarios, routes, schemas, Map.of(), WholeGateway.UNWATCHED);
    }

    /**
     * Also its routes can be looked at.
     *
     * @param encrypted whose queues hold ciphertext only; and whether it also receives by queue
     */
    static Gateway encrypting(
            Path folder, Collection<ScenarioFile> scenarios, Path routes, Map<String, Boolean> encrypted)
            throws IOException {
        return new Gateway(folder, scenarios, routes, Path.of("schemas"), encrypted);
    }

    /** Everything that it writes, beside logs. */
    List<Path> written() {
        Path temporary = ((TomcatWebServer) context.getWebServer())
                .getTomcat()
                .getServer()
                .getCatalinaBase()
                .toPath();
        return List.of(folder.resolve("data"), temporary);
    }

    Wire wire() {
        return wire;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    Agencies agencies() {
        return agencies;
    }

    /** Its senders' connections, as many at once for each as asked for; whoever asks closes it. */
    Mail mail(int connections) {
        return new Mail(address, folder.resolve("certificates"), new Silent(), connections);
    }

    Checks checks() {
        return new Checks(keys(PartyCode.CHAPAR.value()).signingCertificate(), Clock.systemUTC());
    }

    Collection<Agreement> agreements() {
        return context.getBean(Catalogue.class).all();
    }

    Directory directory() {
        return directory;
    }

    PartyKeys keys(String party) {
        return keys.computeIfAbsent(party, code -> PartyKeys.load(folder.resolve("certificates"), new PartyCode(code)));
    }

    /** Deliveries and messages without receiver that are in the record. */
    long accepted() {
        return context.getBean(MessageRecord.class).equation().accepted();
    }

    /** What {@code /actuator/prometheus} shows. */
    String figures() {
        return context.getBean(PrometheusMeterRegistry.class).scrape();
    }

    EmbeddedBroker broker() {
        return context.getBean(EmbeddedBroker.class);
    }

    URI address() {
        return address;
    }

    /** From now on this party gets its deliveries so. */
    void channel(String party, String channel) throws IOException {
        directory.channel(party, channel);
        reload();
    }

    void reload() {
        if (!context.getBean(ReloadableParties.class).reload((parties, digest) -> {})) {
            throw new IllegalStateException("the directory was not taken");
        }
    }

    /** Until it is closed nobody else can write to the database. */
    AutoCloseable databaseAway() throws SQLException {
        return ground.away();
    }

    /** Until it is closed nothing gets a timestamp, and what waits for one waits too long. */
    AutoCloseable timestampsAway() throws SQLException {
        TimestampGate gate = context.getBean(TimestampGate.class);
        return TimestampsAway.begin(agencies.timestamps(), gate, context.getBean(MessageRecord.class), ground);
    }

    @Override
    public void close() throws JMSException, IOException {
        mailboxes.close();
        queues.close();
        mail.close();
        wire.close();
        context.close();
        ground.close();
        server.close();
    }

    static List<String> copied(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> copy(file, to.resolve(from.relativize(file).toString())))
                    .toList();
        }
    }

    private static String copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
            return to.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
