package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import io.chapar.trust.TestPki;
import io.chapar.trust.TlsContexts;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import static org.awaitility.Awaitility.await;

/** A real broker with real TLS, to which MH connects with a client that is not the broker's own. */
final class AmqpBroker implements AutoCloseable {

    static final int MAXIMUM_BYTES = 200_000;
    static final long MOST_WRITTEN_BYTES = 1_000_000;

    private static final BrokerSettings SETTINGS =
            new BrokerSettings(99, DataSize.ofMegabytes(64), DataSize.ofMegabytes(8), 20_000, DataSize.ofMegabytes(1));
    private static final PartyCode MH = new PartyCode("MH");
    private static final TestPki PKI = new TestPki("limits");
    private static final TestPki.Identity SERVER = PKI.tls("localhost");
    private static final TestPki.Identity AS_MH = PKI.tls("MH");
    private static final byte[] AMQP = {'A', 'M', 'Q', 'P', 3, 1, 0, 0};

    private final EmbeddedBroker broker;

    AmqpBroker(Path folder) {
        SSLContext tls = TlsContexts.server(SERVER.keys().getPrivate(), SERVER.certificate(), List.of(PKI.authority()));
        AmqpAccess access = new AmqpAccess(
                "localhost",
                0,
                List.of("TLSv1.3"),
                () -> tls,
                chain -> chain.get(0).equals(AS_MH.certificate()) ? Optional.of(MH) : Optional.empty(),
                Set.of(MH),
                MAXIMUM_BYTES,
                MOST_WRITTEN_BYTES);
        broker = new EmbeddedBroker(SETTINGS, folder, List.of(MH), Optional.of(access));
        broker.start();
    }

    Connection connect() throws JMSException {
        return connect("");
    }

    /** @param options of the client, each beginning with an ampersand */
    Connection connect(String options) throws JMSException {
        JmsConnectionFactory factory = new JmsConnectionFactory("amqps://localhost:" + broker.amqpPort()
                + "?jms.connectTimeout=10000&jms.closeTimeout=5000&jms.requestTimeout=20000&jms.sendTimeout=60000"
                + options);
        factory.setSslContext(tls(AS_MH));
        Connection connection = factory.createConnection();
        connection.start();
        return connection;
    }

    private static SSLContext tls(TestPki.Identity identity) {
        return TlsContexts.client(identity.keys().getPrivate(), identity.certificate(), List.of(PKI.authority()));
    }

    /** MH has said which protocol it speaks, and nothing more. */
    Socket silent() throws IOException {
        return silent(AS_MH);
    }

    /** The same, with a certificate of the authority that is nobody's, and another one each time. */
    Socket silentStranger() throws IOException {
        return silent(PKI.tls("nobody"));
    }

    private Socket silent(TestPki.Identity identity) throws IOException {
        Socket socket = tls(identity).getSocketFactory().createSocket("localhost", broker.amqpPort());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(AMQP);
        socket.getOutputStream().flush();
        return socket;
    }

    /** Waits until the broker answers in its protocol or hangs up. */
    static boolean isHeld(Socket silent) throws IOException {
        return silent.getInputStream().readNBytes(AMQP.length).length == AMQP.length;
    }

    ActiveMQServer server() {
        return broker.server();
    }

    /** From within the process, as the gateway does; null when there is nothing. */
    @Nullable
    Message takenWithin(String queue, long millis) throws JMSException {
        try (Connection connection = broker.connectionFactory().createConnection();
                Session session = connection.createSession()) {
            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            return consumer.receive(millis);
        }
    }

    Message taken(String queue) throws JMSException {
        return Objects.requireNonNull(takenWithin(queue, 10_000), queue);
    }

    /** The body of a large one, read as a stream, as the gateway reads it: from where the broker says that it begins. */
    byte[] takenFromFile(String queue) throws JMSException {
        try (Connection connection = broker.connectionFactory().createConnection();
                Session session = connection.createSession()) {
            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            Message message = Objects.requireNonNull(consumer.receive(10_000), queue);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            message.setObjectProperty(ActiveMQJMSConstants.JMS_ACTIVEMQ_SAVE_STREAM, bytes);
            return Arrays.copyOfRange(bytes.toByteArray(), message.getIntProperty(Incoming.BODY_AT), bytes.size());
        }
    }

    void fromWithin(String queue, String property, String value) throws JMSException {
        try (Connection connection = broker.connectionFactory().createConnection();
                Session session = connection.createSession()) {
            Message message = session.createTextMessage("for MH");
            message.setStringProperty(property, value);
            session.createProducer(session.createQueue(queue)).send(message);
        }
    }

    /** It stops itself, as when its journal cannot be written; returns when it runs again. */
    void failed() {
        fail(broker);
    }

    static void fail(EmbeddedBroker broker) {
        ActiveMQServer failing = broker.server();
        failing.getIoCriticalErrorListener()
                .onIOException(new IOException("no space left"), "as a test wants it", null);
        await().atMost(Duration.ofSeconds(60)).until(() -> broker.server() != failing && broker.running());
    }

    void restart() {
        broker.stop();
        broker.start();
    }

    @Override
    public void close() {
        broker.close();
    }
}
