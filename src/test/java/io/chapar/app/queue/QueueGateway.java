package io.chapar.app.queue;

import io.chapar.app.FewExchanges;
import io.chapar.app.WholeGateway;
import io.chapar.app.broker.EmbeddedBroker;
import io.chapar.message.PartyCode;
import io.chapar.record.MessageRecord;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.TestCertificates;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole gateway on ports of its own, in which SPR and SMS read queues; and the keys of its parties. */
final class QueueGateway implements AutoCloseable {

    private static final Path SAMPLES = Path.of("schemas/birth-notification/1.0/samples");
    private static final String SAMPLE_ID = "5d0d1c6e-3f0b-4b53-9b0e-0a7f6f1f2a01";

    private static final List<String> EXCHANGES = List.of(
            "asylum-referral",
            "birth-notification",
            "birth-registration",
            "birth-registration-overdue",
            "identification-number-assigned",
            "person-lookup");

    private final Path folder;
    private final Path routes;
    private final List<String> otherwise;
    private final List<Class<?>> more;
    private ConfigurableApplicationContext context;

    /** @param more beans that this gateway has besides its own */
    QueueGateway(Path folder, Class<?>... more) throws IOException {
        this(folder, List.of(), more);
    }

    /** @param otherwise settings that this gateway has besides those of all */
    QueueGateway(Path folder, List<String> otherwise, Class<?>... more) throws IOException {
        this.folder = folder;
        this.otherwise = List.copyOf(otherwise);
        this.more = List.of(more);
        // What a test has made of them, and taken out of them, stays as it is.
        if (!Files.exists(certificates())) {
            TestCertificates.in(certificates());
        }
        this.routes = FewExchanges.in(folder.resolve("routes"), EXCHANGES, "SMS", "SBS", "SSC");
        this.context = start();
    }

    private ConfigurableApplicationContext start() {
        List<String> settings = settings(folder);
        settings.add("--chapar.routes=" + routes);
        settings.addAll(otherwise);
        return WholeGateway.start(settings, more.toArray(Class<?>[]::new));
    }

    /** How many deliveries lie in a queue at most. */
    static final int WINDOW = 20;

    /** How many messages of any kind lie in a queue for reading before its party's other queue is not read on. */
    static final int ANSWERS = 40;

    static List<String> settings(Path folder) {
        return WholeGateway.settings(
                folder,
                WholeGateway.UNWATCHED,
                "--chapar.doors.maximum-bytes=200000",
                "--chapar.parties.SPR.channel=queue",
                "--chapar.parties.SMS.channel=queue",
                "--chapar.parties.SPR.queries=https://localhost:1/nobody",
                "--chapar.parties.MJ.channel=mailbox",
                "--chapar.deliver.longest-back-off=500ms",
                "--chapar.broker.unacknowledged=3s",
                "--chapar.broker.window=" + WINDOW,
                "--chapar.broker.answers=" + ANSWERS);
    }

    Path certificates() {
        return folder.resolve("certificates");
    }

    Path data() {
        return folder.resolve("data");
    }

    int port() {
        return context.getBean(EmbeddedBroker.class).amqpPort();
    }

    /** Of the doors for REST and SOAP. */
    int httpsPort() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Of the people. */
    int peoplesPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    /** The directory of parties, which the gateway reads again when it changes. */
    Path parties() {
        return routes.resolve("parties.yaml");
    }

    double figure(String name) {
        return context.getBean(MeterRegistry.class).get(name).gauge().value();
    }

    /** How many messages lie in this party's queue for reading. */
    long toRead(String party) {
        return context.getBean(EmbeddedBroker.class).toRead(new PartyCode(party));
    }

    /** How many of the messages that this party wrote were not taken yet. */
    long written(String party) {
        return context.getBean(EmbeddedBroker.class)
                .server()
                .locateQueue("in." + party)
                .getMessageCount();
    }

    /** What health says of the signing key. */
    boolean signs() {
        return context.getBean("signerHealthIndicator", HealthIndicator.class)
                .health()
                .getStatus()
                .equals(Status.UP);
    }

    MessageRecord record() {
        return context.getBean(MessageRecord.class);
    }

    void stop() {
        context.close();
    }

    void startAgain() {
        context = start();
    }

    PartyKeys keys(String party) {
        return PartyKeys.load(certificates(), new PartyCode(party));
    }

    Connection connect(String party) throws JMSException {
        JmsConnectionFactory factory =
                new JmsConnectionFactory("amqps://localhost:" + port() + "?jms.closeTimeout=5000");
        factory.setSslContext(keys(party).client());
        Connection connection = factory.createConnection();
        connection.start();
        return connection;
    }

    /** A birth that nobody told before, as a document in this form. */
    static byte[] birth(String form, UUID messageId) throws IOException {
        return Files.readString(SAMPLES.resolve("minimal." + form))
                .replace(SAMPLE_ID, messageId.toString())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        context.close();
    }
}
