package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import io.chapar.trust.TestPki;
import io.chapar.trust.TlsContexts;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.core.postoffice.Binding;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.message.JmsMessageSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who reaches which queue from outside: a real broker, real TLS, and a client that is not the broker's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AmqpAccessTest {

    private static final BrokerSettings SETTINGS =
            new BrokerSettings(99, DataSize.ofMegabytes(64), DataSize.ofMegabytes(8), 20_000, DataSize.ofMegabytes(1));
    private static final PartyCode MH = new PartyCode("MH");
    private static final PartyCode SMS = new PartyCode("SMS");
    private static final PartyCode SPR = new PartyCode("SPR");
    private static final TestPki PKI = new TestPki("queues");
    private static final TestPki.Identity SERVER = PKI.tls("localhost");
    private static final TestPki.Identity AS_MH = PKI.tls("MH");
    private static final TestPki.Identity AS_SMS = PKI.tls("SMS");
    private static final TestPki.Identity WITHOUT_QUEUES = PKI.tls("SPR");

    private static final Map<X509Certificate, PartyCode> KNOWN =
            Map.of(AS_MH.certificate(), MH, AS_SMS.certificate(), SMS, WITHOUT_QUEUES.certificate(), SPR);

    private final Map<X509Certificate, PartyCode> directory = new ConcurrentHashMap<>();
    private EmbeddedBroker broker;

    @BeforeAll
    void start(@TempDir Path data) {
        SSLContext tls = TlsContexts.server(SERVER.keys().getPrivate(), SERVER.certificate(), List.of(PKI.authority()));
        AmqpAccess access = new AmqpAccess(
                "localhost",
                0,
                List.of("TLSv1.3"),
                () -> tls,
                chain -> Optional.ofNullable(directory.get(chain.get(0))),
                Set.of(MH, SMS),
                200_000,
                1L << 30);
        broker = new EmbeddedBroker(SETTINGS, data.resolve("broker"), List.of(MH, SMS, SPR), Optional.of(access));
        broker.start();
    }

    /** One broker for all: what a test before left is not there. */
    @BeforeEach
    void as_at_first() throws Exception {
        directory.clear();
        directory.putAll(KNOWN);
        for (Binding binding : broker.server().getPostOffice().getAllBindings().toList()) {
            if (binding instanceof QueueBinding queue) {
                queue.getQueue().deleteAllReferences();
            }
        }
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    private JmsConnectionFactory client(SSLContext tls, String more) {
        JmsConnectionFactory factory = new JmsConnectionFactory(
                "amqps://localhost:" + broker.amqpPort() + "?jms.connectTimeout=10000&jms.closeTimeout=5000" + more);
        factory.setSslContext(tls);
        return factory;
    }

    private static SSLContext tls(TestPki.Identity identity) {
        return TlsContexts.client(identity.keys().getPrivate(), identity.certificate(), List.of(PKI.authority()));
    }

    private Connection as(TestPki.Identity identity) throws JMSException {
        Connection connection = client(tls(identity), "").createConnection();
        connection.start();
        return connection;
    }

    private static void write(Connection connection, String queue, String text) throws JMSException {
        try (Session session = connection.createSession()) {
            MessageProducer producer = session.createProducer(session.createQueue(queue));
            Message message = session.createTextMessage(text);
            message.setStringProperty(Incoming.CERTIFICATE, "forged");
            producer.send(message);
        }
    }

    private static MessageConsumer reading(Connection connection, String queue) throws JMSException {
        Session session = connection.createSession();
        return session.createConsumer(session.createQueue(queue));
    }

    private void fromWithin(String queue, String text) throws JMSException {
        try (Connection connection = broker.connectionFactory().createConnection();
                Session session = connection.createSession()) {
            session.createProducer(session.createQueue(queue)).send(session.createTextMessage(text));
        }
    }

    private Message taken(String queue) throws JMSException {
        try (Connection connection = broker.connectionFactory().createConnection()) {
            connection.start();
            return Objects.requireNonNull(reading(connection, queue).receive(10_000));
        }
    }

    @Test
    void what_a_party_writes_carries_the_certificate_of_its_connection_and_not_one_that_it_claims() throws Exception {
        try (Connection mh = as(AS_MH)) {
            write(mh, "in.MH", "a message");
        }
        Message message = taken("in.MH");
        assertThat(message.getBody(String.class)).isEqualTo("a message");
        assertThat(message.getStringProperty(Incoming.CERTIFICATE))
                .isEqualTo(
                        Base64.getEncoder().encodeToString(AS_MH.certificate().getEncoded()));
    }

    @Test
    void a_party_reads_its_own_queue() throws Exception {
        fromWithin("out.MH", "for MH");
        try (Connection mh = as(AS_MH)) {
            assertThat(Objects.requireNonNull(reading(mh, "out.MH").receive(10_000))
                            .getBody(String.class))
                    .isEqualTo("for MH");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in.SMS",
                "out.MH",
                "out.SMS",
                "in.SPR",
                "chapar.deliver.MH",
                "chapar.given-up",
                "activemq.management",
                "in.MH::in.SMS",
                "in.SMS::in.MH",
                "in.MH,in.SMS",
                "new-one",
                "$ACTIVEMQ_ARTEMIS_MIRROR_x"
            })
    void refused_to_write_anywhere_else(String queue) throws Exception {
        try (Connection mh = as(AS_MH)) {
            assertThatThrownBy(() -> write(mh, queue, "no")).isInstanceOf(JMSException.class);
        }
        assertThat(broker.server().getTotalMessageCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in.SMS", "out.SMS", "chapar.deliver.SMS", "activemq.management"})
    void refused_to_write_anywhere_else_on_a_link_that_names_no_queue(String queue) throws Exception {
        try (Connection mh = as(AS_MH);
                Session session = mh.createSession()) {
            MessageProducer producer = session.createProducer(null);
            assertThatThrownBy(() -> producer.send(session.createQueue(queue), session.createTextMessage("no")))
                    .isInstanceOf(JMSException.class);
        }
        assertThat(broker.server().getTotalMessageCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "out.SMS",
                "in.MH",
                "in.SMS",
                "chapar.deliver.MH",
                "activemq.management",
                "activemq.notifications",
                "out.MH::out.SMS",
                "out.SMS::out.SMS",
                "out.#",
                "new-one"
            })
    void refused_to_read_anything_else(String queue) throws Exception {
        fromWithin("out.SMS", "for SMS");
        fromWithin("chapar.deliver.MH", "inside");
        try (Connection mh = as(AS_MH)) {
            assertThatThrownBy(() -> {
                        Message read = reading(mh, queue).receive(300);
                        assertThat(read).as("nothing is read").isNull();
                    })
                    .isInstanceOf(JMSException.class);
        }
        assertThat(broker.server().getTotalMessageCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.SMS", "in.MH", "chapar.deliver.MH"})
    void refused_to_look_into_anything_else(String queue) throws Exception {
        fromWithin(queue, "not for MH");
        try (Connection mh = as(AS_MH);
                Session session = mh.createSession()) {
            assertThatThrownBy(() -> session.createBrowser(session.createQueue(queue))
                            .getEnumeration()
                            .hasMoreElements())
                    .isInstanceOf(JMSException.class);
        }
    }

    @Test
    void refused_a_queue_of_its_own_making() throws Exception {
        try (Connection mh = as(AS_MH);
                Session session = mh.createSession()) {
            assertThatThrownBy(session::createTemporaryQueue).isInstanceOf(JMSException.class);
            assertThatThrownBy(session::createTemporaryTopic).isInstanceOf(JMSException.class);
            assertThatThrownBy(() -> session.createConsumer(session.createTopic("out.SMS")))
                    .isInstanceOf(JMSException.class);
        }
    }

    /** What is done to a message in AMQP's own types, which JMS would not let pass. */
    @Test
    void what_its_reader_rejects_is_kept_nowhere_else() throws Exception {
        fromWithin("out.MH", "for MH");
        try (Connection mh = as(AS_MH);
                Session session = mh.createSession(Session.CLIENT_ACKNOWLEDGE)) {
            MessageConsumer consumer = session.createConsumer(session.createQueue("out.MH"));
            Message message = Objects.requireNonNull(consumer.receive(10_000));
            message.setIntProperty(JmsMessageSupport.JMS_AMQP_ACK_TYPE, JmsMessageSupport.REJECTED);
            message.acknowledge();
        }
        assertThat(broker.server().getTotalMessageCount()).isZero();
    }

    @Test
    void refused_without_a_certificate() {
        ConnectionFactory nobody = client(TlsContexts.anonymousClient(List.of(PKI.authority())), "");
        assertThatThrownBy(() -> nobody.createConnection().start()).isInstanceOf(JMSException.class);
    }

    @Test
    void refused_with_the_certificate_of_another_authority_that_has_the_partys_name() {
        TestPki.Identity impostor = new TestPki("another").tls("MH");
        assertThatThrownBy(() -> as(impostor)).isInstanceOf(JMSException.class);
    }

    @Test
    void refused_with_a_certificate_of_nobody_that_has_the_partys_name() throws Exception {
        try (Connection mh = as(AS_MH)) {
            write(mh, "in.MH", "the party itself was here before");
        }
        TestPki.Identity impostor = PKI.tls("MH");
        assertThat(impostor.certificate().getSubjectX500Principal())
                .isEqualTo(AS_MH.certificate().getSubjectX500Principal());
        assertThatThrownBy(() -> as(impostor)).isInstanceOf(JMSException.class);
    }

    @Test
    void refused_a_party_that_has_no_queues() {
        assertThatThrownBy(() -> as(WITHOUT_QUEUES)).isInstanceOf(JMSException.class);
    }

    @Test
    void refused_from_the_moment_when_the_directory_drops_its_certificate() throws Exception {
        try (Connection mh = as(AS_MH)) {
            write(mh, "in.MH", "yes");
            directory.remove(AS_MH.certificate());
            assertThatThrownBy(() -> write(mh, "in.MH", "no")).isInstanceOf(JMSException.class);
        }
    }

    @Test
    void refused_to_go_on_reading_when_its_certificate_is_nobodys_or_anothers_by_now() throws Exception {
        CountDownLatch anyEnded = new CountDownLatch(1);
        CountDownLatch bothEnded = new CountDownLatch(2);
        try (Connection mh = as(AS_MH);
                Connection sms = as(AS_SMS)) {
            for (Connection connection : List.of(mh, sms)) {
                connection.setExceptionListener(failure -> {
                    anyEnded.countDown();
                    bothEnded.countDown();
                });
            }
            MessageConsumer ofMh = reading(mh, "out.MH");
            MessageConsumer ofSms = reading(sms, "out.SMS");
            assertThat(anyEnded.await(12, TimeUnit.SECONDS))
                    .as("known, they read on")
                    .isFalse();
            directory.remove(AS_MH.certificate());
            directory.put(AS_SMS.certificate(), SPR);
            assertThat(bothEnded.await(60, TimeUnit.SECONDS)).isTrue();
            for (MessageConsumer consumer : List.of(ofMh, ofSms)) {
                assertThatThrownBy(() -> consumer.receive(100)).isInstanceOf(JMSException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "ANONYMOUS"})
    void refused_any_way_to_log_in_but_the_certificate(String mechanism) {
        JmsConnectionFactory factory = client(tls(AS_MH), "&amqp.saslMechanisms=" + mechanism);
        factory.setUsername("chapar");
        factory.setPassword("whatever");
        assertThatThrownBy(() -> factory.createConnection().start()).isInstanceOf(JMSException.class);
    }

    @Test
    void refused_the_gateways_own_user_even_with_its_password() throws Exception {
        BrokerAccess inside = (BrokerAccess) broker.server().getSecurityManager();
        JmsConnectionFactory factory = client(tls(AS_MH), "&amqp.saslMechanisms=EXTERNAL");
        factory.setUsername(inside.user());
        factory.setPassword(inside.password());
        try (Connection connection = factory.createConnection()) {
            connection.start();
            assertThatThrownBy(() -> write(connection, "chapar.deliver.MH", "no"))
                    .isInstanceOf(JMSException.class);
        } catch (JMSException refusedAtOnce) {
            assertThat(refusedAtOnce).isNotNull();
        }
        assertThat(broker.server().getTotalMessageCount()).isZero();
    }

    @Test
    void refused_an_older_tls() {
        JmsConnectionFactory factory = client(tls(AS_MH), "&transport.enabledProtocols=TLSv1.2");
        assertThatThrownBy(() -> factory.createConnection().start()).isInstanceOf(JMSException.class);
    }
}
