package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.FilterConstants;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPMessage;
import org.apache.activemq.artemis.protocol.amqp.converter.AMQPMessageIdHelper;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker itself writes onto each message that comes from outside: the certificate of the connection that wrote
 * it, so that the stage that authenticates has the same to go by as at every other door. It stands beside what the sender
 * wrote, and replaces whatever the sender wrote under its name.
 */
public final class Incoming implements ActiveMQServerMessagePlugin {

    /** The certificate of the connection that wrote the message, DER in base64. */
    public static final String CERTIFICATE = "chaparCertificate";

    /** Stands on a message without body, in the place of one that was not kept, and says why: {@link NotKept}. */
    public static final String NOT_KEPT = "chaparNotKept";

    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
    private static final SimpleString CERTIFICATE_NAME = SimpleString.of(CERTIFICATE);
    private static final int NOTE_BYTES = 256;

    /** For properties, annotations and the encoding itself. */
    private static final long BESIDE_THE_BODY = 65_536;

    private final BrokerAccess access;
    private final long maximumBytes;
    private volatile @Nullable ActiveMQServer server;

    Incoming(BrokerAccess access, long maximumBytes) {
        this.access = access;
        this.maximumBytes = maximumBytes + BESIDE_THE_BODY;
    }

    @Override
    public void registered(ActiveMQServer broker) {
        server = broker;
    }

    @Override
    public void beforeSend(
            ServerSession session, Transaction transaction, Message message, boolean direct, boolean noAutoCreate)
            throws ActiveMQException {
        RemotingConnection connection = session.getRemotingConnection();
        if (connection.getTransportConnection() instanceof InVMConnection) {
            return;
        }
        PartyCode party = access.party(connection)
                .orElseThrow(() -> new ActiveMQSecurityException("the certificate belongs to no party with queues"));
        if (!PartyQueues.in(party).equals(message.getAddress())) {
            throw new ActiveMQSecurityException("a party writes to " + PartyQueues.in(party) + " only");
        }
        SimpleString certificate = SimpleString.of(encoded(BrokerAccess.chain(connection)));
        Optional<NotKept> reason = reason(message);
        if (reason.isPresent()) {
            inItsPlace(message, reason.get(), certificate);
            throw new ActiveMQException(
                    reason.get().code().code() + ": " + reason.get().detail());
        }
        message.setBrokerProperty(CERTIFICATE_NAME, certificate);
        if (!message.isDurable()) {
            // Many clients say so without meaning it, and a message that is gone after a restart serves nobody.
            message.setDurable(true);
            message.reencode();
        }
    }

    private Optional<NotKept> reason(Message message) {
        if (message.getWholeMessageSize() > maximumBytes) {
            return Optional.of(NotKept.TOO_LARGE);
        }
        if (message.hasScheduledDeliveryTime()) {
            return Optional.of(NotKept.SCHEDULED);
        }
        if (message.isLargeMessage() && message.getExpiration() != 0) {
            // The broker reads the expiry of a large message anew from its body, whatever the queue's settings say.
            return Optional.of(NotKept.LARGE_AND_EXPIRING);
        }
        if (message.isLargeMessage() && !message.isDurable()) {
            // Its body lies in a temporary file already, which a restart removes.
            return Optional.of(NotKept.LARGE_AND_TRANSIENT);
        }
        return converts(message) ? Optional.empty() : Optional.of(NotKept.UNREADABLE);
    }

    /**
     * Whether the gateway can take it. The broker converts a message when it hands it to a consumer within the process;
     * where that fails it closes the consumer and keeps the message, and everything behind it would wait for ever.
     */
    private static boolean converts(Message message) {
        try {
            message.toCore();
            return true;
        } catch (RuntimeException e) {
            LOG.info("a message from outside does not convert: {}", e.getClass().getSimpleName());
            return false;
        }
    }

    /** A message without a body goes the usual way instead, so that the sender is told in its queue too. */
    private void inItsPlace(Message refused, NotKept reason, SimpleString certificate) throws ActiveMQException {
        ActiveMQServer broker = server;
        if (broker == null) {
            return;
        }
        CoreMessage note = new CoreMessage(broker.getStorageManager().generateID(), NOTE_BYTES);
        note.setAddress(refused.getAddressSimpleString());
        note.setRoutingType(RoutingType.ANYCAST);
        note.setDurable(true);
        // Without its own, everything that comes behind would overtake it.
        note.setPriority(refused.getPriority());
        note.putStringProperty(CERTIFICATE_NAME, certificate);
        note.putStringProperty(SimpleString.of(NOT_KEPT), SimpleString.of(reason.name()));
        if (refused instanceof AMQPMessage amqp
                && amqp.getProperties() != null
                && amqp.getProperties().getMessageId() != null) {
            note.putStringProperty(
                    FilterConstants.NATIVE_MESSAGE_ID,
                    AMQPMessageIdHelper.INSTANCE.toMessageIdString(
                            amqp.getProperties().getMessageId()));
        }
        try {
            broker.getPostOffice().route(note, false);
        } catch (ActiveMQException e) {
            throw e;
        } catch (Exception e) {
            throw new ActiveMQException(e.getMessage(), e, ActiveMQExceptionType.GENERIC_EXCEPTION);
        }
    }

    private static String encoded(List<X509Certificate> chain) throws ActiveMQSecurityException {
        try {
            return Base64.getEncoder().encodeToString(chain.get(0).getEncoded());
        } catch (CertificateEncodingException e) {
            throw new ActiveMQSecurityException("the certificate cannot be written down");
        }
    }
}
