package io.chapar.sandbox.agency;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.PartyKeys;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parties' ways to write to their queues, each over its own connection, which is opened anew when it failed. Any thread
 * may use it.
 */
public final class QueueWriters implements QueueReaders.Replies, AutoCloseable {

    /** What came back into the party's other queue. */
    public record Told(String kind, byte[] body, Optional<String> jws) {}

    /** A party's open connection. */
    private record Desk(Connection connection, Session session, MessageProducer writing) {}

    private static final Logger LOG = LoggerFactory.getLogger(QueueWriters.class);

    private final Path certificates;
    private final int port;
    private final Duration patience;
    private final Map<PartyCode, Desk> desks = new HashMap<>();
    private final Map<String, CompletableFuture<Told>> answers = new ConcurrentHashMap<>();

    /**
     * @param port of the gateway's AMQP, on this machine
     * @param patience until an answer must have come
     */
    public QueueWriters(Path certificates, int port, Duration patience) {
        this.certificates = certificates;
        this.port = port;
        this.patience = patience;
    }

    /**
     * Writes, and waits for what is answered.
     *
     * @throws IOException when it is not known whether it was written
     * @throws TimeoutException when nothing was answered in time
     */
    public Told write(Letter letter) throws IOException, TimeoutException, InterruptedException {
        String id = send(letter);
        try {
            return answer(id).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("no answer in the queue of " + letter.carrier(), e);
        } finally {
            answers.remove(id);
        }
    }

    private synchronized String send(Letter letter) throws IOException {
        try {
            Desk desk = desk(letter.carrier());
            BytesMessage message = desk.session().createBytesMessage();
            message.writeBytes(letter.body());
            message.setStringProperty("kind", "message");
            message.setStringProperty("exchange", letter.exchange());
            message.setStringProperty("contentType", letter.contentType());
            if (letter.signature().isPresent()) {
                message.setStringProperty("jwsSignature", letter.signature().get());
            }
            desk.writing().send(message);
            return message.getJMSMessageID();
        } catch (JMSException e) {
            abandon(desks.remove(letter.carrier()));
            throw new IOException("the queue of " + letter.carrier() + " could not be written: " + e.getMessage(), e);
        }
    }

    private CompletableFuture<Told> answer(String messageId) {
        return answers.computeIfAbsent(messageId, id -> new CompletableFuture<>());
    }

    private static void abandon(@Nullable Desk desk) {
        if (desk != null) {
            try {
                desk.connection().close();
            } catch (JMSException e) {
                LOG.debug("a connection that failed could not be closed", e);
            }
        }
    }

    private Desk desk(PartyCode party) throws JMSException {
        Desk open = desks.get(party);
        if (open != null) {
            return open;
        }
        JmsConnectionFactory gateway = new JmsConnectionFactory("amqps://localhost:" + port);
        gateway.setSslContext(PartyKeys.load(certificates, party).client());
        Connection connection = gateway.createConnection();
        Session session = connection.createSession();
        Desk desk = new Desk(connection, session, session.createProducer(session.createQueue("in." + party)));
        desks.put(party, desk);
        return desk;
    }

    @Override
    public void told(String messageId, String kind, byte[] body, Optional<String> jws) {
        answer(messageId).complete(new Told(kind, body, jws));
    }

    @Override
    public synchronized void close() {
        desks.values().forEach(QueueWriters::abandon);
        desks.clear();
    }
}
