package io.chapar.app.broker;

import io.chapar.message.PartyCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.Connection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the broker. The gateway itself, from within the process, with a password that is made anew at each start
 * and told to nobody; or, where the broker is a process of its own, from outside with the gateway's certificate. And from outside a party, known by its certificate and by nothing else: it writes its own queue
 * and reads its own queue, and that is all. Asked at every connection and every message; the broker remembers no answer,
 * because it would remember it under the certificate's subject, which is only a name.
 */
final class BrokerAccess implements ActiveMQSecurityManager5 {

    static final String GATEWAY = "gateway";

    private static final AtomicInteger BROKERS = new AtomicInteger();
    private static final int PASSWORD_BYTES = 32;

    private final int serverId = BROKERS.incrementAndGet();
    private final String password = random();
    private final String clusterPassword = random();
    private final Subject gateway = subject(new UserPrincipal(user()));
    private final Optional<AmqpAccess> amqp;
    private final Optional<NodeAccess> nodes;

    /** As whom each connection began. */
    private final Map<Connection, PartyCode> first = Collections.synchronizedMap(new WeakHashMap<>());

    BrokerAccess(Optional<AmqpAccess> amqp, Optional<NodeAccess> nodes) {
        this.amqp = amqp;
        this.nodes = nodes;
    }

    /** A party that has queues. A type of its own, so that no name makes a party of the gateway or the gateway of a party. */
    private static final class Owner extends UserPrincipal {

        private static final long serialVersionUID = 1L;

        Owner(PartyCode party) {
            super(party.value());
        }
    }

    /** Tells brokers in one process apart. */
    int serverId() {
        return serverId;
    }

    String user() {
        return "chapar";
    }

    String password() {
        return password;
    }

    /** Of the broker's own user, which nothing uses; a default that everybody knows would be worse than none. */
    String clusterPassword() {
        return clusterPassword;
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String given,
            @Nullable RemotingConnection connection,
            @Nullable String domain) {
        if (connection == null) {
            return null;
        }
        if (connection.getTransportConnection() instanceof InVMConnection) {
            return user().equals(user) && given != null && MessageDigest.isEqual(bytes(password), bytes(given))
                    ? gateway
                    : null;
        }
        if (connection instanceof CoreRemotingConnection) {
            // The protocol of the nodes' acceptor, and of no other that is reached from outside.
            return showsNode(connection) ? welcome(connection) : null;
        }
        Optional<PartyCode> party = party(connection);
        party.ifPresent(code -> first.putIfAbsent(connection.getTransportConnection(), code));
        return party.map(Owner::new).map(BrokerAccess::subject).orElse(null);
    }

    private Subject welcome(RemotingConnection connection) {
        first.put(connection.getTransportConnection(), PartyCode.CHAPAR);
        return gateway;
    }

    private boolean showsNode(RemotingConnection connection) {
        List<X509Certificate> chain = chain(connection);
        return !chain.isEmpty()
                && nodes.filter(access -> access.node().test(chain)).isPresent();
    }

    /** Whether a gateway is at the other end: from within the process, or a node that was let in. */
    boolean isGateway(RemotingConnection connection) {
        return connection.getTransportConnection() instanceof InVMConnection
                || (connection instanceof CoreRemotingConnection
                        && PartyCode.CHAPAR.equals(first.get(connection.getTransportConnection())));
    }

    /** Whether it was said who is at the other end, and was believed. */
    boolean isIdentified(RemotingConnection connection) {
        return first.containsKey(connection.getTransportConnection());
    }

    /** Whether who this connection began as is still known by the certificate that it showed. */
    boolean stillKnown(RemotingConnection connection) {
        Optional<PartyCode> began = Optional.ofNullable(first.get(connection.getTransportConnection()));
        return isGateway(connection)
                ? showsNode(connection)
                : began.isPresent() && party(connection).equals(began);
    }

    /** The party that has queues and is at the other end of this connection, now. */
    Optional<PartyCode> party(RemotingConnection connection) {
        List<X509Certificate> chain = chain(connection);
        return chain.isEmpty()
                ? Optional.empty()
                : amqp.flatMap(access -> access.party().apply(chain).filter(access.owners()::contains));
    }

    /** What the other end showed, its own certificate first; empty within the process. */
    static List<X509Certificate> chain(RemotingConnection connection) {
        X509Certificate[] shown = CertificateUtil.getCertsFromConnection(connection);
        return shown == null ? List.of() : List.of(shown);
    }

    @Override
    public boolean authorize(
            @Nullable Subject subject, Set<Role> roles, CheckType permission, @Nullable String address) {
        if (subject == null || address == null) {
            return false;
        }
        if (subject == gateway) {
            return roles.stream().anyMatch(role -> role.getName().equals(GATEWAY) && permission.hasRole(role));
        }
        return subject.getPrincipals(Owner.class).stream().anyMatch(owner -> switch (permission) {
            case SEND -> address.equals(PartyQueues.IN + owner.getName());
            case CONSUME, BROWSE -> reads(address, PartyQueues.OUT + owner.getName());
            default -> false;
        });
    }

    /** The broker asks by the address, or by address and queue, which here have the same name. */
    private static boolean reads(String asked, String own) {
        return asked.equals(own) || asked.equals(own + "::" + own);
    }

    /** Never asked: a password alone makes nobody known. */
    @Override
    public boolean validateUser(@Nullable String user, @Nullable String given) {
        return false;
    }

    /** Never asked: a password alone makes nobody known. */
    @Override
    public boolean validateUserAndRole(
            @Nullable String user, @Nullable String given, Set<Role> roles, CheckType permission) {
        return false;
    }

    private static Subject subject(UserPrincipal principal) {
        return new Subject(true, Set.of(principal), Set.of(), Set.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String random() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
