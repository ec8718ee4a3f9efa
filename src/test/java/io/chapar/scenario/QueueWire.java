package io.chapar.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.sandbox.agency.QueueCipher;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.Malformed;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.jspecify.annotations.Nullable;

/** Connections to the gateway's AMQP; what comes back is told in the words of HTTP, so that one verdict serves all doors. */
final class QueueWire implements AutoCloseable {

    /** Requests whose path begins so go to a queue. */
    static final String PATH = "/queue/";

    private static final long PATIENCE_MILLIS = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final Function<String, PartyKeys> keys;
    private final Function<String, Optional<QueueCipher>> ciphers;
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    /** @param ciphers of parties whose queues hold ciphertext only */
    QueueWire(int port, Function<String, PartyKeys> keys, Function<String, Optional<QueueCipher>> ciphers) {
        this.port = port;
        this.keys = keys;
        this.ciphers = ciphers;
    }

    Response send(Request request) throws IOException {
        try {
            return places.computeIfAbsent(request.tls(), this::place).send(request);
        } catch (JMSException e) {
            throw new IOException(e);
        }
    }

    private Place place(String party) {
        try {
            JmsConnectionFactory factory = new JmsConnectionFactory("amqps://localhost:" + port);
            factory.setSslContext(keys.apply(party).client());
            Connection connection = factory.createConnection();
            connection.start();
            return new Place(party, connection, connection.createSession(), ciphers.apply(party));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A party's two queues; its answers would be read by another, so one request at a time waits for its own. */
    private static final class Place {
        private final ReentrantLock lock = new ReentrantLock();
        private final Connection connection;
        private final Session session;
        private final MessageProducer writing;
        private final MessageConsumer reading;
        private final Optional<QueueCipher> cipher;

        Place(String party, Connection connection, Session session, Optional<QueueCipher> cipher) throws JMSException {
            this.cipher = cipher;
            this.connection = connection;
            this.session = session;
            this.writing = session.createProducer(session.createQueue("in." + party));
            this.reading = session.createConsumer(session.createQueue("out." + party));
        }

        Response send(Request request) throws JMSException, IOException {
            lock.lock();
            try {
                BytesMessage message = session.createBytesMessage();
                message.writeBytes(
                        cipher.isPresent()
                                ? cipher.get()
                                        .seal(
                                                request.body(),
                                                request.headers().getOrDefault("Content-Type", "application/json"))
                                : request.body());
                message.setStringProperty("exchange", request.path().substring(PATH.length()));
                set(message, "contentType", request.headers().get("Content-Type"));
                set(message, "jwsSignature", request.headers().get(Pen.SIGNATURE));
                writing.send(message);
                Message answer = Objects.requireNonNull(reading.receive(PATIENCE_MILLIS), "no answer in the queue");
                while (!message.getJMSMessageID().equals(answer.getJMSCorrelationID())) {
                    answer = Objects.requireNonNull(reading.receive(PATIENCE_MILLIS), "no answer to this message");
                }
                byte[] body = answer.getBody(byte[].class);
                return response(answer, cipher.isPresent() ? cipher.get().open(body) : body);
            } catch (Malformed e) {
                throw new IOException("what lies in the queue is not encrypted to its reader", e);
            } finally {
                lock.unlock();
            }
        }

        private static void set(Message message, String property, @Nullable String value) throws JMSException {
            if (value != null) {
                message.setStringProperty(property, value);
            }
        }

        private static Response response(Message answer, byte[] body) throws JMSException, IOException {
            boolean xml = body[0] == '<';
            Map<String, String> headers = new HashMap<>();
            String signature = answer.getStringProperty("jwsSignature");
            if (signature != null) {
                headers.put(Pen.SIGNATURE.toLowerCase(Locale.ROOT), signature);
            }
            String type;
            int status = 200;
            switch (answer.getStringProperty("kind")) {
                case "receipt" -> {
                    type = xml ? "application/xml" : "application/jose";
                    status = 202;
                }
                case "answer" -> type = xml ? "application/xml" : "application/json";
                default -> {
                    type = "application/problem+json";
                    status = JSON.readTree(body).at("/status").asInt();
                }
            }
            headers.put("content-type", type);
            return new Response(status, headers, body);
        }
    }

    @Override
    public void close() throws JMSException {
        for (Place place : places.values()) {
            place.connection.close();
        }
    }
}
