package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.postoffice.RoutingStatus;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.protocol.amqp.broker.AMQPLargeMessage;
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

    /**
     * On a large message: where in its bytes, which are its whole encoding in AMQP, its body begins. Only the broker writes
     * a property of this name.
     */
    public static final String BODY_AT = "chaparBodyAt";

    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
    private static final SimpleString CERTIFICATE_NAME = SimpleString.of(CERTIFICATE);

    /** Only the broker writes properties of these names. {@link #CERTIFICATE} it writes over whatever stands there. */
    private static final List<SimpleString> RESERVED =
            List.of(LargeWritten.BODY_AT, SimpleString.of(LargeWritten.MARK), SimpleString.of(NOT_KEPT));

    /** For properties, annotations and the encoding itself. */
    private static final long BESIDE_THE_BODY = 65_536;

    private final BrokerAccess access;
    private final long maximumBytes;
    private final Untaken untaken;
    private final AmqpAccess amqp;
    private volatile @Nullable ActiveMQServer server;
    private volatile @Nullable LargeWritten large;

    Incoming(BrokerAccess access, AmqpAccess amqp) {
        this.access = access;
        this.amqp = amqp;
        this.maximumBytes = amqp.maximumBytes() + BESIDE_THE_BODY;
        this.untaken = new Untaken(maximumBytes, amqp.mostWrittenBytes());
    }

    /** Of messages, with everything that they carry beside their body. */
    long largest() {
        return maximumBytes;
    }

    @Override
    public void registered(ActiveMQServer broker) {
        server = broker;
        LargeWritten fresh = new LargeWritten(broker);
        large = fresh;
        amqp.owners().forEach(owner -> broker.getServiceRegistry().addDivertTransformer(AmqpShape.large(owner), fresh));
    }

    @Override
    public void beforeSend(
            ServerSession session,
            @Nullable Transaction transaction,
            Message message,
            boolean direct,
            boolean noAutoCreate)
            throws ActiveMQException {
        RemotingConnection connection = session.getRemotingConnection();
        if (access.isGateway(connection)) {
            return;
        }
        PartyCode party = access.party(connection)
                .orElseThrow(() -> new ActiveMQSecurityException("the certificate belongs to no party with queues"));
        if (!PartyQueues.in(party).equals(message.getAddress())) {
            throw new ActiveMQSecurityException("a party writes to " + PartyQueues.in(party) + " only");
        }
        untaken.take(broker(), party, message, transaction);
        SimpleString certificate = SimpleString.of(encoded(BrokerAccess.chain(connection)));
        Optional<NotKept> reason = reason(message);
        if (reason.isPresent()) {
            notes().inPlaceOf(message, reason.get(), certificate);
            throw new ActiveMQException(
                    reason.get().code().code() + ": " + reason.get().detail());
        }
        message.setBrokerProperty(CERTIFICATE_NAME, certificate);
        if (!message.isDurable()) {
            // Many clients say so without meaning it, and a message that is gone after a restart serves nobody.
            message.setDurable(true);
            message.reencode();
        }
        if (message instanceof AMQPLargeMessage file) {
            large().turn(file, certificate);
        }
    }

    @Override
    public void afterSend(
            ServerSession session,
            @Nullable Transaction transaction,
            Message message,
            boolean direct,
            boolean noAutoCreate,
            RoutingStatus result) {
        large().done(message);
    }

    @Override
    public void onSendException(
            ServerSession session,
            @Nullable Transaction transaction,
            Message message,
            boolean direct,
            boolean noAutoCreate,
            Exception failure) {
        large().done(message);
    }

    private Optional<NotKept> reason(Message message) {
        if (message.getWholeMessageSize() > maximumBytes || message.isLargeMessage() && acknowledges(message)) {
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
        if (!converts(message)) {
            return Optional.of(NotKept.UNREADABLE);
        }
        return RESERVED.stream().anyMatch(name -> message.getObjectProperty(name) != null)
                ? Optional.of(NotKept.RESERVED_PROPERTY)
                : Optional.empty();
    }

    /** It names one delivery, and is small. */
    private static boolean acknowledges(Message message) {
        return "acknowledgement".equals(message.getObjectProperty("kind"));
    }

    /**
     * Whether the gateway can take it. The broker converts a message when it hands it to a consumer within the process;
     * where that fails it closes the consumer and keeps the message, and everything behind it would wait for ever.
     */
    private static boolean converts(Message message) {
        try {
            if (message instanceof AMQPLargeMessage file) {
                // Its body may be as large as it likes, and nothing in it can fail to convert: it stays as it is.
                LargeWritten.check(file);
            } else {
                message.toCore();
            }
            return true;
        } catch (RuntimeException e) {
            LOG.info("a message from outside does not convert: {}", e.getClass().getSimpleName());
            return false;
        }
    }

    /** A message on this connection was not read to its end: who wrote it finds that in its queue too. */
    void cutShort(RemotingConnection connection) {
        Optional<PartyCode> party = access.party(connection);
        if (party.isEmpty()) {
            return;
        }
        LOG.warn("a message of {} was larger than {} bytes and was not read to its end", party.get(), maximumBytes);
        try {
            notes().ofOneCutShort(party.get(), SimpleString.of(encoded(BrokerAccess.chain(connection))));
        } catch (ActiveMQSecurityException e) {
            LOG.warn("{} was told that its message is too large by its link only", party.get());
        }
    }

    private ActiveMQServer broker() {
        return Objects.requireNonNull(server, "nothing comes in before the broker is there");
    }

    private LargeWritten large() {
        return Objects.requireNonNull(large, "nothing comes in before the broker is there");
    }

    private Notes notes() {
        return new Notes(broker());
    }

    private static String encoded(List<X509Certificate> chain) throws ActiveMQSecurityException {
        try {
            return Base64.getEncoder().encodeToString(chain.get(0).getEncoded());
        } catch (CertificateEncodingException e) {
            throw new ActiveMQSecurityException("the certificate cannot be written down");
        }
    }
}
