package io.chapar.attachments;

import io.chapar.message.Digest;
import io.chapar.sandbox.benchmark.GatewayProcess;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.HardenedJson;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.qpid.jms.JmsConnectionFactory;

/** A party at its two queues, with a client that is not the broker's own. */
final class PartyAtQueues implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 120_000;

    private final PartyKeys keys;
    private final Connection connection;
    private final Session session;
    private final MessageProducer writing;
    private final MessageConsumer reading;

    PartyAtQueues(GatewayProcess.Home home, PartyKeys keys) throws JMSException {
        this.keys = keys;
        // One at a time: what is fetched ahead lies in this process's memory.
        JmsConnectionFactory factory = new JmsConnectionFactory("amqps://localhost:" + home.queuesPort()
                + "?jms.prefetchPolicy.all=1&transport.enabledCipherSuites=" + FileReceiver.CIPHER);
        factory.setSslContext(keys.client());
        this.connection = factory.createConnection();
        connection.start();
        this.session = connection.createSession();
        this.writing = session.createProducer(session.createQueue("in." + keys.party()));
        this.reading = session.createConsumer(session.createQueue("out." + keys.party()));
    }

    void write(Letter letter) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(letter.body());
        message.setStringProperty("exchange", letter.exchange());
        message.setStringProperty("contentType", letter.contentType());
        if (letter.signature().isPresent()) {
            message.setStringProperty("jwsSignature", letter.signature().get());
        }
        writing.send(message);
    }

    Message read() throws JMSException {
        return Objects.requireNonNull(reading.receive(PATIENCE_MILLIS), "nothing came");
    }

    /** The digest of the one file that came with this delivery, which is acknowledged with that. */
    Digest take(Message delivery) throws Exception {
        Parts parts = Parts.of(delivery.getBody(byte[].class));
        acknowledge(delivery, Digest.of(parts.document()));
        return parts.file();
    }

    private void acknowledge(Message delivery, Digest document) throws JMSException {
        byte[] json = HardenedJson.write(Acknowledgement.of(delivery.getStringProperty("deliveryId"), document));
        Message message = session.createTextMessage(new String(json, StandardCharsets.UTF_8));
        message.setStringProperty("kind", "acknowledgement");
        message.setStringProperty("jwsSignature", keys.signer().detachedJws(json));
        writing.send(message);
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
