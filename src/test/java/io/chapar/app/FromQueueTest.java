package io.chapar.app;

import io.chapar.app.broker.AmqpAccess;
import io.chapar.app.broker.BrokerSettings;
import io.chapar.app.broker.EmbeddedBroker;
import io.chapar.app.broker.Setback;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.app.door.Acknowledgements;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.Defects;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.TestRecord;
import io.chapar.app.door.TestSigner;
import io.chapar.app.queue.FromQueue;
import io.chapar.app.queue.QueueDoor;
import io.chapar.app.queue.QueueEncryption;
import io.chapar.console.Metrics;
import io.chapar.deliver.Patience;
import io.chapar.message.FewParties;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.record.AttachmentStore;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.TestPki;
import io.chapar.trust.TlsContexts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.util.unit.DataSize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Taking and answering is one transaction of the broker: Camel's consumer as it is configured, and a real broker. */
class FromQueueTest {

    private static final BrokerSettings SETTINGS =
            new BrokerSettings(99, DataSize.ofMegabytes(64), DataSize.ofMegabytes(8), 20_000, DataSize.ofMegabytes(1));
    private static final PartyCode MH = new PartyCode("MH");
    private static final TestPki PKI = new TestPki("transactions");
    private static final TestPki.Identity SERVER = PKI.tls("localhost");

    @TempDir
    Path data;

    private final DeliverConfiguration configuration = new DeliverConfiguration();
    private final Setback setback = new Setback(Duration.ofMillis(50));
    private final List<String> travelled = new CopyOnWriteArrayList<>();
    private EmbeddedBroker broker;
    private JmsPoolConnectionFactory pool;
    private CamelContext camel;

    @BeforeEach
    void start() {
        SSLContext tls = TlsContexts.server(SERVER.keys().getPrivate(), SERVER.certificate(), List.of(PKI.authority()));
        broker = new EmbeddedBroker(
                SETTINGS,
                data,
                List.of(MH),
                Optional.of(new AmqpAccess(
                        "localhost",
                        0,
                        List.of("TLSv1.3"),
                        () -> tls,
                        chain -> Optional.empty(),
                        Set.of(MH),
                        1_000,
                        1L << 20)));
        broker.start();
        pool = configuration.pooledConnections(broker);
        pool.start();
        camel = new DefaultCamelContext();
    }

    @AfterEach
    void stop() {
        setback.close();
        camel.getShutdownStrategy().setTimeout(5);
        camel.stop();
        pool.stop();
        broker.close();
    }

    /** @param outcomes of the straight way, by how often it was travelled before */
    private void answers(UnaryOperator<Passage.Outcome> outcomes) throws Exception {
        CallerIdentity nobody = new CallerIdentity(
                accepted -> {
                    throw new Refusal(ProblemCode.NO_CERTIFICATE, "none");
                },
                authenticated -> {
                    throw new Refusal(ProblemCode.SIGNATURE_MISSING, "none");
                });
        TestRecord record = new TestRecord();
        QueueEncryption inClear = new QueueEncryption(
                Set.of(),
                new FewParties(List.of()),
                new CertificatePaths(
                        List.of(PKI.authority()), data.resolve("none.crl.pem"), Duration.ZERO, Clock.systemUTC()),
                Optional.empty());
        FromQueue step = new FromQueue(
                new QueueDoor(
                        arrived -> {
                            travelled.add(new String(arrived.body(), UTF_8));
                            return outcomes.apply(new Passage.Answered(
                                    arrived, UUID.randomUUID(), Format.JSON, arrived.body(), Optional.of("a..b")));
                        },
                        new Acknowledgements(nobody, record),
                        new RefusedAttempts(record, RealFiles.CATALOGUE, new Metrics(new SimpleMeterRegistry())),
                        new FewParties(List.of()),
                        new TestSigner(),
                        inClear,
                        new Patience(Duration.ofMillis(20), Duration.ofMillis(50)),
                        (party, delivery) -> assertThat(delivery).isNotNull(),
                        owner -> true,
                        new Defects(RealFiles.CATALOGUE::knows),
                        1 << 20,
                        Clock.systemUTC()),
                inClear,
                AttachmentStore.open(data.resolve("attachments"), Clock.systemUTC()));
        camel.addComponent("jms", configuration.jms(pool, setback));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).process(setback);
                from("jms:queue:in.MH?concurrentConsumers=1")
                        .setProperty(FromQueue.OWNER, constant("MH"))
                        .process(step);
            }
        });
        camel.start();
    }

    private void write(String text) throws JMSException {
        try (Connection connection = broker.connectionFactory().createConnection();
                Session session = connection.createSession()) {
            session.createProducer(session.createQueue("in.MH")).send(session.createTextMessage(text));
        }
    }

    private List<String> read(int count) throws JMSException {
        List<String> all = new CopyOnWriteArrayList<>();
        try (Connection connection = broker.connectionFactory().createConnection();
                Session session = connection.createSession()) {
            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue("out.MH"));
            for (int i = 0; i < count; i++) {
                Message message = Objects.requireNonNull(consumer.receive(60_000));
                all.add(new String(message.getBody(byte[].class), UTF_8));
            }
            assertThat(consumer.receive(500)).isNull();
        }
        return all;
    }

    @Test
    void a_broker_that_dies_between_taking_and_answering_has_the_message_again_and_one_answer() throws Exception {
        answers(outcome -> {
            if (travelled.size() == 1) {
                broker.stop();
                broker.start();
            }
            return outcome;
        });
        write("{1}");
        await().atMost(Duration.ofMinutes(1)).until(() -> travelled.size() == 2);
        assertThat(read(1)).containsExactly("{1}");
        assertThat(travelled).containsExactly("{1}", "{1}");
    }

    @Test
    void what_cannot_be_recorded_stays_first_and_the_later_ones_wait() throws Exception {
        answers(outcome -> travelled.size() < 4
                ? new Passage.Refused(outcome.arrived(), Problem.of(ProblemCode.NOT_DURABLE, "away"), Optional.empty())
                : outcome);
        write("{1}");
        write("{2}");
        assertThat(read(2)).containsExactly("{1}", "{2}");
        assertThat(travelled).containsExactly("{1}", "{1}", "{1}", "{1}", "{2}");
    }

    @Test
    void a_step_that_fails_at_first_is_tried_again_and_then_answered() throws Exception {
        answers(outcome -> {
            if (travelled.size() < Defects.TRIES) {
                throw new IllegalStateException("a defect that passes");
            }
            return outcome;
        });
        write("{1}");
        assertThat(read(1)).containsExactly("{1}");
        assertThat(travelled).hasSize(Defects.TRIES);
    }

    @Test
    void a_step_that_fails_at_one_message_again_and_again_is_told_and_what_comes_behind_passes() throws Exception {
        answers(outcome -> {
            if (new String(outcome.arrived().body(), UTF_8).equals("{1}")) {
                throw new IllegalStateException("a defect");
            }
            return outcome;
        });
        write("{1}");
        write("{2}");
        List<String> told = read(2);
        assertThat(told.get(0)).contains("\"unprocessable\"").doesNotContain("a defect");
        assertThat(told.get(1)).isEqualTo("{2}");
        assertThat(travelled).containsExactly("{1}", "{1}", "{1}", "{2}");
    }
}
