package io.chapar.attachments;

import io.chapar.accept.AttachmentLimits;
import io.chapar.accept.ContentType;
import io.chapar.accept.Multipart;
import io.chapar.message.Digest;
import io.chapar.message.PartyCode;
import io.chapar.record.AttachmentStore;
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
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.qpid.jms.JmsConnectionFactory;

/** A party at its two queues, with a client that is not the broker's own. */
final class PartyAtQueues implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 120_000;
    private static final AttachmentLimits LIMITS = new AttachmentLimits(1 << 20, 1 << 30, 1 << 30);

    private final PartyKeys keys;
    private final AttachmentStore store;
    private final Connection connection;
    private final Session session;
    private final MessageProducer writing;
    private final MessageConsumer reading;

    PartyAtQueues(GatewayProcess.Home home, Path certificates, PartyCode party, AttachmentStore store)
            throws JMSException {
        this.keys = PartyKeys.load(certificates, party);
        this.store = store;
        // One at a time: what is fetched ahead lies in this process's memory.
        JmsConnectionFactory factory =
                new JmsConnectionFactory("amqps://localhost:" + home.queuesPort() + "?jms.prefetchPolicy.all=1");
        factory.setSslContext(keys.client());
        this.connection = factory.createConnection();
        connection.start();
        this.session = connection.createSession();
        this.writing = session.createProducer(session.createQueue("in." + party));
        this.reading = session.createConsumer(session.createQueue("out." + party));
    }

    /** @return by which its answer will name it */
    String write(Letter letter) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes(letter.body());
        message.setStringProperty("exchange", letter.exchange());
        message.setStringProperty("contentType", letter.contentType());
        if (letter.signature().isPresent()) {
            message.setStringProperty("jwsSignature", letter.signature().get());
        }
        writing.send(message);
        return message.getJMSMessageID();
    }

    Message read() throws JMSException {
        return Objects.requireNonNull(reading.receive(PATIENCE_MILLIS), "nothing came");
    }

    /** The digest of the one file that came with this delivery, which is acknowledged with that. */
    Digest take(Message delivery) throws Exception {
        byte[] payload = delivery.getBody(byte[].class);
        String beginning = new String(payload, 2, 200, StandardCharsets.US_ASCII);
        String boundary = beginning.substring(0, beginning.indexOf('\r'));
        Multipart multipart = Multipart.parse(
                ContentType.of("multipart/related; boundary=\"" + boundary + "\"")
                        .orElseThrow(),
                new ByteArrayInputStream(payload),
                LIMITS,
                store);
        acknowledge(delivery, Digest.of(multipart.root().bytes()));
        store.discard(multipart.attachments());
        return multipart.attachments().get(0).content().digest();
    }

    private void acknowledge(Message delivery, Digest document) throws JMSException {
        Map<String, Object> acknowledgement = new LinkedHashMap<>();
        acknowledgement.put("deliveryId", delivery.getStringProperty("deliveryId"));
        acknowledgement.put("digest", document.value());
        acknowledgement.put("at", Instant.now().toString());
        byte[] json = HardenedJson.write(acknowledgement);
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
