package io.chapar.app;

import ch.qos.logback.classic.Level;
import io.chapar.app.broker.BrokerSettings;
import io.chapar.app.broker.EmbeddedBroker;
import io.chapar.app.broker.NodeAccess;
import io.chapar.app.catalogue.ReloadableParties;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.queue.AmqpDoor;
import io.chapar.app.queue.QueuesAtStart;
import io.chapar.app.reload.AuthorityFile;
import io.chapar.app.reload.FilesWatch;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.trust.CertificatePaths;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * A process with nothing in it but the broker that nodes share: the same broker as the one inside a gateway, with the same
 * rules about who may write and read what.
 */
@Import({
    SslAutoConfiguration.class,
    TimeConfiguration.class,
    KeyConfiguration.class,
    TrustConfiguration.class,
    SchemaConfiguration.class,
    DoorsConfiguration.class,
    QueueConfiguration.class
})
@EnableConfigurationProperties(BrokerSettings.class)
public class BrokerProcess {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerProcess.class);
    private static final long LOOK_SECONDS = 1;

    /** Whether it was told to end; false when the broker has stopped itself, and another process should serve. */
    public static boolean run(String[] settings) throws InterruptedException {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.INFO);
        }
        SpringApplication process = new SpringApplication(BrokerProcess.class);
        process.setWebApplicationType(WebApplicationType.NONE);
        // Of the gateway's parts only those are made that the broker asks for.
        process.setLazyInitialization(true);
        process.setRegisterShutdownHook(false);
        try (ConfigurableApplicationContext context = process.run(settings)) {
            EmbeddedBroker broker = context.getBean(EmbeddedBroker.class);
            CountDownLatch end = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                // One that waits for the journal has nothing to put in order.
                if (broker.running()) {
                    broker.close();
                }
                end.countDown();
            }));
            // Before it serves: one that waits may do so for months, and then lets in whom the files name by then.
            context.getBeansOfType(FilesWatch.class).values().forEach(FilesWatch::start);
            LOG.info("the broker waits until the journal is free");
            broker.start();
            LOG.info("the broker serves nodes on port {}", broker.nodesPort());
            boolean told = serves(end, broker::running);
            if (!told) {
                LOG.error(
                        "the broker has stopped itself, since it could not write its journal; this process ends, so that"
                                + " another one takes over. Start it again");
            }
            return told;
        }
    }

    /** Waits until it is told to end, or the broker does not run any more: then false. */
    static boolean serves(CountDownLatch end, BooleanSupplier running) throws InterruptedException {
        while (!end.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
            if (!running.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Who may connect, as the files say it now. This process has no record, so nothing is recorded: each node that reads
     * the same files does so for itself.
     */
    @Bean
    FilesWatch partyWatch(ReloadableParties parties, QueuesAtStart queues) {
        return new FilesWatch(
                "party directory", parties::filesRead, () -> parties.reload((fresh, digest) -> queues.check(fresh)));
    }

    /** As with the parties. */
    @Bean
    FilesWatch authorityWatch(AuthorityFile file, CertificatePaths paths) {
        return new FilesWatch("file of authorities", file::filesRead, () -> file.reload(paths, digest -> {}));
    }

    @Bean(destroyMethod = "")
    EmbeddedBroker pairedBroker(
            BrokerSettings settings,
            PartyDirectory parties,
            AmqpDoor amqp,
            CallerIdentity identity,
            Clock clock,
            SslBundles bundles,
            @Value("${server.ssl.bundle:gateway}") String bundle,
            @Value("${chapar.broker.store:${chapar.data:data}/broker}") Path store,
            @Value("${chapar.broker.nodes-host:0.0.0.0}") String host,
            @Value("${chapar.broker.nodes-port:61617}") int port) {
        return new EmbeddedBroker(
                settings,
                store,
                parties.all().stream().map(Party::code).toList(),
                amqp.access(),
                Optional.of(new NodeAccess(
                        host,
                        port,
                        QueueConfiguration.tls(bundles, bundle),
                        chain -> QueueConfiguration.known(identity, chain, clock)
                                .filter(PartyCode.CHAPAR::equals)
                                .isPresent())));
    }
}
