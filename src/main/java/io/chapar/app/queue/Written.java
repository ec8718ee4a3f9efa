package io.chapar.app.queue;

import io.chapar.accept.ContentType;
import io.chapar.accept.Multipart;
import io.chapar.app.broker.Incoming;
import io.chapar.app.broker.NotKept;
import io.chapar.message.Content;
import io.chapar.message.FileContent;
import io.chapar.message.Format;
import io.chapar.trust.EncodedCertificates;
import io.chapar.trust.Malformed;
import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.FilterConstants;
import org.apache.activemq.artemis.protocol.amqp.converter.AMQPMessageSupport;

/**
 * What a party wrote to its queue, as AMQP facts: nothing of it is interpreted but its own form.
 *
 * @param kind as the party calls it; a message where it says nothing
 * @param exchange as the party calls it, or empty
 * @param contentType as told, or as the first character of the body shows
 * @param body the bytes of the data sections, or of a string in UTF-8; of a large message to be read as a stream
 * @param certificate which the broker saw when the message was written
 * @param messageId by which the party knows its answer
 * @param replyTo the queue to which it wants the answer
 * @param notKept why the broker did not keep it; this is a note in its place then
 */
record Written(
        String kind,
        String exchange,
        String contentType,
        Content body,
        Optional<String> signature,
        Optional<X509Certificate> certificate,
        Optional<String> messageId,
        Optional<String> deliveryId,
        Optional<String> replyTo,
        Optional<NotKept> notKept) {

    /** Some clients cannot set the content type of AMQP, so this property says it as well. */
    private static final String CONTENT_TYPE = "contentType";

    /** More than that, where it has no attachments, is held in memory for two messages at a time. */
    private static final int LARGE = 1 << 20;

    private static final String OF_ANYTHING = "application/octet-stream";

    static Written of(Message message) throws JMSException {
        return of(message, Content.of(body(message)));
    }

    /** @param body that was taken out of the message before */
    static Written of(Message message, Content body) throws JMSException {
        return new Written(
                text(message, "kind").orElse(Kind.MESSAGE.word()),
                text(message, "exchange").orElse(""),
                contentType(message, body),
                body,
                text(message, "jwsSignature"),
                text(message, Incoming.CERTIFICATE).flatMap(Written::certificate),
                text(message, FilterConstants.NATIVE_MESSAGE_ID.toString()),
                text(message, "deliveryId"),
                replyTo(message),
                text(message, Incoming.NOT_KEPT).flatMap(NotKept::named));
    }

    /** What has no body, or one of another form, is empty here and refused like any empty message. */
    private static byte[] body(Message message) throws JMSException {
        if (message instanceof BytesMessage bytes) {
            // Whoever looks at the route (Hawtio's trace) may have read it already.
            bytes.reset();
            byte[] body = new byte[Math.toIntExact(bytes.getBodyLength())];
            bytes.readBytes(body);
            return body;
        }
        if (message instanceof TextMessage text && text.getText() != null) {
            return text.getText().getBytes(StandardCharsets.UTF_8);
        }
        return new byte[0];
    }

    private static String contentType(Message message, Content body) throws JMSException {
        Optional<String> told = text(message, AMQPMessageSupport.JMS_AMQP_CONTENT_TYPE)
                .filter(type -> !type.equals(OF_ANYTHING))
                .or(() -> Optional.empty());
        if (told.isEmpty()) {
            told = text(message, CONTENT_TYPE);
        }
        return told.isPresent() ? told.get() : shownBy(beginning(body));
    }

    private static byte[] beginning(Content body) {
        try (InputStream in = body.open()) {
            return in.readNBytes(FileContent.BEGINNING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isLarge() {
        return body.size() > LARGE;
    }

    /** Whether its attachments go into their store while it is read; everything else is held in memory. */
    boolean isStreamed() {
        return ContentType.of(contentType).filter(Multipart::is).isPresent();
    }

    /** Neither form can be taken for the other: a document in XML begins with {@code <}, one in JSON with a brace. */
    static String shownBy(byte[] body) {
        for (byte each : body) {
            if (each == '<') {
                return Format.XML.mediaType();
            }
            if (each == '{') {
                return Format.JSON.mediaType();
            }
            if (each > ' ') {
                break;
            }
        }
        return "";
    }

    private static Optional<String> text(Message message, String property) throws JMSException {
        return message.getObjectProperty(property) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<X509Certificate> certificate(String encoded) {
        try {
            return Optional.of(EncodedCertificates.read(Base64.getDecoder().decode(encoded)));
        } catch (IllegalArgumentException | Malformed e) {
            // Nobody is known by it, and the stage that authenticates says so.
            return Optional.empty();
        }
    }

    private static Optional<String> replyTo(Message message) throws JMSException {
        Destination destination = message.getJMSReplyTo();
        if (destination == null) {
            return Optional.empty();
        }
        return Optional.of(destination instanceof Queue queue ? queue.getQueueName() : destination.toString());
    }

    List<X509Certificate> certificates() {
        return certificate.map(List::of).orElse(List.of());
    }
}
