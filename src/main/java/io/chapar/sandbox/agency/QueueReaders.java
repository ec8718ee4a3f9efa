package io.chapar.sandbox.agency;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.DecryptionKey;
import io.chapar.trust.Malformed;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agencies that read a queue: each connects over AMQP with its certificate, takes what lies in its queue, and writes its
 * acknowledgement into its other queue. Both in one transaction, so that what it has not acknowledged comes again. What
 * comes encrypted is answered encrypted.
 */
public final class QueueReaders implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(QueueReaders.class);
    private static final long LOOK_MILLIS = 1_000;
    private static final int LONGEST_LINE = 256;

    /** Is told what else lies in an agency's queue: receipts, answers and problems, which answer what it wrote. */
    @FunctionalInterface
    public interface Replies {

        /** @param answers the message-id of what it answers */
        void told(String answers, String kind, byte[] body, Optional<String> jws);
    }

    private final Path certificates;
    private final Map<PartyCode, QueueCipher> ciphers = new ConcurrentHashMap<>();
    private final String gateway;
    private final Replies replies;
    private final Rounds rounds;

    /** @param port of the gateway's AMQP, on this machine */
    public QueueReaders(Agencies agencies, Path certificates, int port, Collection<PartyCode> parties) {
        this(agencies, certificates, port, parties, (answers, kind, body, jws) -> LOG.debug("reads {}", kind));
    }

    /** @param replies told before they are gone from the queue */
    public QueueReaders(
            Agencies agencies, Path certificates, int port, Collection<PartyCode> parties, Replies replies) {
        this(agencies, certificates, "amqps://localhost:" + port, parties, replies);
    }

    /** @param gateway where its AMQP is, {@code failover:(amqps://first:5671,amqps://second:5671)} for a pair of brokers */
    public QueueReaders(
            Agencies agencies, Path certificates, String gateway, Collection<PartyCode> parties, Replies replies) {
        this.certificates = certificates;
        this.gateway = gateway;
        this.replies = replies;
        this.rounds = new Rounds("sandbox-queue", agencies, parties, this::read);
    }

    public void open() {
        rounds.open();
    }

    /** One connection's life; what ended it may last, so the next one is opened a little later. */
    private boolean read(Agency agency) throws JMSException, Malformed {
        JmsConnectionFactory connections = new JmsConnectionFactory(gateway);
        connections.setSslContext(PartyKeys.load(certificates, agency.code()).client());
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
            connection.start();
            MessageConsumer reading = session.createConsumer(session.createQueue("out." + agency.code()));
            MessageProducer writing = session.createProducer(session.createQueue("in." + agency.code()));
            while (agency.fetches() && !rounds.over()) {
                Message message = reading.receive(LOOK_MILLIS);
                if (message != null) {
                    take(agency, message, session, writing);
                    session.commit();
                }
            }
        }
        return false;
    }

    private void take(Agency agency, Message message, Session session, MessageProducer writing)
            throws JMSException, Malformed {
        if (!(message instanceof BytesMessage bytes)) {
            LOG.debug("{} reads something that is no bytes", agency.code());
            return;
        }
        byte[] body = new byte[(int) bytes.getBodyLength()];
        bytes.readBytes(body);
        Optional<QueueCipher> cipher = DecryptionKey.isForm(body)
                ? Optional.of(ciphers.computeIfAbsent(agency.code(), code -> new QueueCipher(certificates, code)))
                : Optional.empty();
        byte[] payload = cipher.isPresent() ? cipher.get().open(body) : body;
        Optional<String> jws = Optional.ofNullable(message.getStringProperty("jwsSignature"));
        String kind = message.getStringProperty("kind");
        if (!"delivery".equals(kind)) {
            replies.told(
                    Optional.ofNullable(message.getJMSCorrelationID()).orElse(""), String.valueOf(kind), payload, jws);
            return;
        }
        String id = message.getStringProperty("deliveryId");
        Answer answer = agency.receive(Delivery.of(
                Optional.of(UUID.fromString(id)),
                Optional.ofNullable(message.getStringProperty("originalDigest")),
                contentType(payload),
                jws,
                payload));
        String said = answer.status() == 200 ? text(answer.body()) : about(id, text(answer.body()));
        Message reply = session.createTextMessage(
                cipher.isPresent() ? text(cipher.get().seal(said.getBytes(StandardCharsets.UTF_8))) : said);
        reply.setStringProperty("kind", "acknowledgement");
        if (answer.jws().isPresent()) {
            reply.setStringProperty("jwsSignature", answer.jws().get());
        }
        for (int times = Rounds.times(agency, answer); times > 0; times--) {
            writing.send(reply);
        }
    }

    /** JMS has no way to ask for the content type of AMQP; a document, or the boundary of parts, shows by itself. */
    static String contentType(byte[] payload) {
        if (payload.length > 1 && payload[0] == '-' && payload[1] == '-') {
            String start = new String(payload, 0, Math.min(payload.length, LONGEST_LINE), StandardCharsets.US_ASCII);
            return "multipart/related; boundary=\"" + start.substring(2, start.indexOf('\r')) + "\"";
        }
        return payload.length > 0 && payload[0] == '<' ? "application/xml" : "application/json";
    }

    /** A refusal's object of code and text, which names its delivery too. */
    private static String about(String id, String object) {
        return "{\"deliveryId\":\"" + id + "\"," + object.substring(1);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        rounds.close();
    }
}
