package io.chapar.app.queue;

import io.chapar.message.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import jakarta.jms.JMSException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQBuffers;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.core.persistence.impl.journal.LargeBody;
import org.apache.activemq.artemis.jms.client.ActiveMQBytesMessage;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPLargeMessage;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPLargeMessagePersister;
import org.apache.activemq.artemis.protocol.amqp.converter.AMQPMessageIdHelper;
import org.apache.activemq.artemis.protocol.amqp.converter.AMQPMessageSupport;
import org.apache.activemq.artemis.protocol.amqp.exceptions.ActiveMQAMQPIllegalStateException;
import org.apache.activemq.artemis.protocol.amqp.util.NettyWritable;
import org.apache.activemq.artemis.protocol.amqp.util.TLSEncode;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.codec.WritableBuffer;

/**
 * Writes a letter so that it is a message of AMQP from its first byte: the broker keeps it as a file and sends that as it is,
 * where it would convert another one in memory for each reader. This is how Artemis carries large messages of AMQP over its
 * own protocol from broker to broker ({@code EmbedMessageUtil}): their bytes are the body, read as a stream; what the broker
 * would have learnt from reading their beginning stands in a property.
 */
final class LargeLetter {

    /** From here on the broker keeps a message of its own protocol as a file too. */
    static final int SMALLEST = 100 * 1024;

    private static final SimpleString ENCODED = SimpleString.of("_AMQP_EMBED_LARGE");
    private static final byte[] DATA = {0x00, 0x53, 0x75, (byte) 0xb0};

    private LargeLetter() {}

    static void write(
            ActiveMQBytesMessage message,
            String queue,
            String contentType,
            Map<String, String> properties,
            Optional<String> answers,
            Content body)
            throws JMSException {
        byte[] beginning = beginning(queue, contentType, properties, answers, body.size());
        ClientMessage core = message.getCoreMessage();
        core.putBytesProperty(ENCODED, described(queue, beginning));
        try {
            message.setInputStream(new SequenceInputStream(new ByteArrayInputStream(beginning), body.open()));
        } catch (IOException e) {
            JMSException unread = new JMSException("what is to be put into a queue cannot be read");
            unread.initCause(e);
            throw unread;
        }
        // Last: only a message of bytes takes a stream.
        core.setType(Message.LARGE_EMBEDDED_TYPE);
    }

    /** Everything until the bytes of the data section. */
    private static byte[] beginning(
            String queue, String contentType, Map<String, String> properties, Optional<String> answers, long size)
            throws JMSException {
        Header header = new Header();
        header.setDurable(true);
        Properties standard = new Properties();
        standard.setMessageId("ID:" + UUID.randomUUID());
        standard.setTo(queue);
        standard.setContentType(Symbol.valueOf(contentType));
        if (answers.isPresent()) {
            standard.setCorrelationId(id(answers.get()));
        }
        ByteBuf buffer = Unpooled.buffer();
        TLSEncode.getEncoder().setByteBuffer(new NettyWritable(buffer));
        try {
            TLSEncode.getEncoder().writeObject(header);
            TLSEncode.getEncoder()
                    .writeObject(new MessageAnnotations(
                            Map.of(AMQPMessageSupport.JMS_MSG_TYPE, AMQPMessageSupport.JMS_BYTES_MESSAGE)));
            TLSEncode.getEncoder().writeObject(standard);
            TLSEncode.getEncoder().writeObject(new ApplicationProperties(new HashMap<>(properties)));
        } finally {
            TLSEncode.getEncoder().setByteBuffer((WritableBuffer) null);
        }
        buffer.writeBytes(DATA);
        buffer.writeInt(Math.toIntExact(size));
        return ByteBufUtil.getBytes(buffer);
    }

    private static Object id(String answers) {
        try {
            return AMQPMessageIdHelper.INSTANCE.toIdObject(answers);
        } catch (ActiveMQAMQPIllegalStateException e) {
            // As the broker does with a message of its own: it is told as it is.
            return answers;
        }
    }

    /** As the broker writes such a message into its journal; the bytes themselves lie in the file. */
    private static byte[] described(String queue, byte[] beginning) {
        AMQPLargeMessage large = new AMQPLargeMessage(1, 0, null, null, null, new Elsewhere());
        try {
            large.addBytes(beginning);
        } catch (Exception e) {
            throw new IllegalStateException("the beginning of a message cannot be read", e);
        }
        large.setFileDurable(true);
        large.setAddress(queue);
        ActiveMQBuffer buffer = ActiveMQBuffers.dynamicBuffer(
                AMQPLargeMessagePersister.getInstance().getEncodeSize(large));
        AMQPLargeMessagePersister.getInstance().encode(buffer, large);
        byte[] described = new byte[buffer.readableBytes()];
        buffer.readBytes(described);
        return described;
    }

    /** The broker has the file, and we have none. */
    private static final class Elsewhere extends LargeBody {

        Elsewhere() {
            super(null, null);
        }

        @Override
        public void addBytes(byte[] bytes) {
            // They are on their way to the broker.
        }
    }
}
