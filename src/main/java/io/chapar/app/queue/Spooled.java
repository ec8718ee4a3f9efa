package io.chapar.app.queue;

import io.chapar.app.broker.Incoming;
import io.chapar.message.Content;
import io.chapar.message.FileContent;
import io.chapar.record.AttachmentStore;
import io.chapar.record.IncomingFile;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;

/**
 * The body of a large message, out of the broker and into the store, sealed like an attachment: the broker gives it once, and
 * it is read as often as it takes until it is recorded. It is never held as a whole.
 */
final class Spooled implements Content, AutoCloseable {

    private final AttachmentStore store;
    private final FileContent file;
    private final long bodyAt;
    private final long size;

    private Spooled(AttachmentStore store, FileContent file, long bodyAt) throws IOException {
        this.store = store;
        this.file = file;
        this.bodyAt = bodyAt;
        this.size = measured();
    }

    /** What says that it is longer than it is counts as empty, and is refused like an empty message. */
    private long measured() throws IOException {
        try (InputStream body = body()) {
            return body.transferTo(OutputStream.nullOutputStream());
        } catch (EOFException e) {
            return 0;
        }
    }

    /** Whether the broker gives this one's body as a stream only. */
    static boolean is(Message message) throws JMSException {
        return message instanceof ActiveMQMessage known
                && known.getCoreMessage().isLargeMessage()
                && message.propertyExists(Incoming.BODY_AT);
    }

    /** @throws UncheckedIOException when the store cannot take it */
    static Spooled of(Message message, AttachmentStore store) throws JMSException {
        try (IncomingFile file = store.incoming()) {
            message.setObjectProperty(ActiveMQJMSConstants.JMS_ACTIVEMQ_SAVE_STREAM, into(file));
            return new Spooled(store, file.complete(), message.getIntProperty(Incoming.BODY_AT));
        } catch (IOException e) {
            throw new UncheckedIOException("a large message cannot be taken into the store of attachments", e);
        }
    }

    private static OutputStream into(IncomingFile file) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                file.write(bytes, offset, length);
            }
        };
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        return size == 0 ? InputStream.nullInputStream() : body();
    }

    private InputStream body() throws IOException {
        // Nothing refers to it, and it may wait for long.
        store.inUse(file);
        InputStream in = file.open();
        in.skipNBytes(bodyAt);
        return new AmqpBody(in);
    }

    @Override
    public void close() {
        store.discard(file);
    }
}
