package io.chapar.app.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** How the embedded broker is built. */
final class BrokerShape {

    static final String JOURNAL = "journal";

    private static final int TRIED_FOR_EVER = -1;
    private static final int NOTHING = 0;
    private static final int PAGE_BYTES = 1024 * 1024;
    private static final int FEWEST_JOURNAL_FILES = 2;
    private static final SimpleString GIVEN_UP = SimpleString.of("chapar.given-up");

    private BrokerShape() {}

    static Configuration of(
            BrokerSettings settings,
            Path folder,
            BrokerAccess access,
            Optional<AmqpAccess> amqp,
            Optional<NodeAccess> nodes) {
        Configuration configuration = internal(settings, folder, access);
        nodes.ifPresent(outside -> NodeShape.add(configuration, outside, access));
        amqp.ifPresent(outside -> AmqpShape.add(configuration, outside, access));
        return configuration;
    }

    private static Configuration internal(BrokerSettings settings, Path folder, BrokerAccess access) {
        return new ConfigurationImpl()
                .setName(access.serverId() == 1 ? "chapar" : "chapar-" + access.serverId())
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalFileSize((int) settings.journalFile().toBytes())
                .setJournalMinFiles(FEWEST_JOURNAL_FILES)
                .setJournalDirectory(folder.resolve(JOURNAL).toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setPersistIDCache(true)
                .setIDCacheSize(settings.idCache())
                .setGlobalMaxSize(settings.memory().toBytes())
                .setMaxDiskUsage(settings.maxDiskUsage())
                .setSecurityEnabled(true)
                // It would remember under the certificate's subject, which is only a name.
                .setAuthenticationCacheSize(NOTHING)
                .setAuthorizationCacheSize(NOTHING)
                .setClusterUser("nobody")
                .setClusterPassword(access.clusterPassword())
                .setJMXManagementEnabled(true)
                .setMessageCounterEnabled(true)
                .addAcceptorConfiguration(new TransportConfiguration(
                        InVMAcceptorFactory.class.getName(),
                        Map.of(TransportConstants.SERVER_ID_PROP_NAME, access.serverId()),
                        "in-vm"))
                .putSecurityRoles("#", Set.of(gateway()))
                .addAddressSetting("#", addresses(settings));
    }

    private static Role gateway() {
        boolean send = true;
        boolean consume = true;
        boolean no = false;
        boolean browse = true;
        return new Role(BrokerAccess.GATEWAY, send, consume, no, no, no, no, no, browse, no, no, no, no);
    }

    private static AddressSettings addresses(BrokerSettings settings) {
        return new AddressSettings()
                .setAutoCreateQueues(false)
                .setAutoCreateAddresses(false)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                // A delivery has its end in the record. The broker neither gives up nor delays: a delay would let later
                // ones overtake.
                .setMaxDeliveryAttempts(TRIED_FOR_EVER)
                // Nothing should ever come here; if the broker gives up all the same, it is kept and can be seen.
                .setDeadLetterAddress(GIVEN_UP)
                .setAutoCreateDeadLetterResources(true)
                .setExpiryAddress(GIVEN_UP)
                .setAutoCreateExpiryResources(true)
                .setRedeliveryDelay(0)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(settings.queueMemory().toBytes())
                .setPageSizeBytes(PAGE_BYTES);
    }
}
