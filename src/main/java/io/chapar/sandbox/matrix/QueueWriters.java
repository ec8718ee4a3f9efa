package io.chapar.sandbox.matrix;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.QueueReaders;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.PartyKeys;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.qpid.jms.JmsConnectionFactory;

/** The parties' ways to write to their queues, each over its own connection; used by one thread. */
final class QueueWriters implements QueueReaders.Replies, AutoCloseable {

    /** What came back into the party's other queue. */
    record Told(String kind, byte[] body, Optional<String> jws) {}

    /** A party's open connection. */
    private record Desk(Connection connection, Session session, MessageProducer writing) {}

    private static final int PATIENCE_SECONDS = 60;

    private final Path certificates;
    private final int port;
    private final Map<PartyCode, Desk> desks = new HashMap<>();
    private final Map<String, CompletableFuture<Told>> answers = new ConcurrentHashMap<>();

    QueueWriters(Path certificates, int port) {
        this.certificates = certificates;
        this.port = port;
    }

    /** Writes, and waits for what is answered. */
    Told write(Letter letter) throws IOException, NotTaken {
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
            return answer(message.getJMSMessageID()).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (JMSException | ExecutionException e) {
            throw new IOException("the queue of " + letter.carrier() + " could not be written: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new NotTaken("no answer in the queue of " + letter.carrier());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private CompletableFuture<Told> answer(String messageId) {
        return answers.computeIfAbsent(messageId, id -> new CompletableFuture<>());
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
    public void close() throws IOException {
        for (Desk desk : desks.values()) {
            try {
                desk.connection().close();
            } catch (JMSException e) {
                throw new IOException("a connection could not be closed", e);
            }
        }
    }
}
