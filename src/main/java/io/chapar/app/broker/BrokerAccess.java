package io.chapar.app.broker;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** Who may use the broker: the gateway itself, with a password that is made anew at each start and told to nobody. */
final class BrokerAccess {

    static final String GATEWAY = "gateway";

    private static final AtomicInteger BROKERS = new AtomicInteger();
    private static final int PASSWORD_BYTES = 32;

    private final int serverId = BROKERS.incrementAndGet();
    private final String password = random();
    private final String clusterPassword = random();

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

    ActiveMQJAASSecurityManager security() {
        SecurityConfiguration users = new SecurityConfiguration();
        users.addUser(user(), password);
        users.addRole(user(), GATEWAY);
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users);
    }

    private static String random() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
