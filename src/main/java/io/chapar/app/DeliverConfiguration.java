package io.chapar.app;

import io.chapar.app.broker.AmqpAccess;
import io.chapar.app.broker.Broker;
import io.chapar.app.broker.BrokerConnections;
import io.chapar.app.broker.BrokerSettings;
import io.chapar.app.broker.ChannelBeans;
import io.chapar.app.broker.ComingAgain;
import io.chapar.app.broker.EmbeddedBroker;
import io.chapar.app.broker.FullEquation;
import io.chapar.app.broker.Publisher;
import io.chapar.app.broker.QueueReading;
import io.chapar.app.broker.RemoteBroker;
import io.chapar.app.broker.Setback;
import io.chapar.app.queue.AmqpDoor;
import io.chapar.app.queue.QueueLimits;
import io.chapar.app.rest.RestDoor;
import io.chapar.console.Metrics;
import io.chapar.deliver.Ask;
import io.chapar.deliver.Deliver;
import io.chapar.deliver.DeliveryLimits;
import io.chapar.deliver.HttpLines;
import io.chapar.deliver.Patience;
import io.chapar.deliver.Proofs;
import io.chapar.deliver.Provider;
import io.chapar.deliver.ReceiverChannels;
import io.chapar.deliver.RestCourier;
import io.chapar.deliver.Settle;
import io.chapar.deliver.Sign;
import io.chapar.deliver.SoapCourier;
import io.chapar.deliver.Take;
import io.chapar.message.Digest;
import io.chapar.message.Party;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import io.chapar.message.Signer;
import io.chapar.record.MessageRecord;
import io.chapar.record.Nodes;
import io.chapar.schema.Schemas;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.XmlSignatures;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.camel.component.jms.ConsumerType;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The broker, what publishes to it, and the stages that deliver and ask. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BrokerSettings.class, DeliverSettings.class})
public class DeliverConfiguration {

    private static final String OWN_BROKER = "'${chapar.broker.url:}'.isEmpty()";
    private static final Duration SETBACK = Duration.ofSeconds(1);
    private static final Duration LONGEST_BROKER_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_RECORD_PAUSE = Duration.ofSeconds(5);
    private static final int SESSIONS_OF_ALL_CONSUMERS = 10_000;

    @Bean(initMethod = "load")
    @ConditionalOnExpression(OWN_BROKER)
    EmbeddedBroker embeddedBroker(
            BrokerSettings settings, PartyDirectory parties, AmqpDoor amqp, @Value("${chapar.data:data}") Path data) {
        return new EmbeddedBroker(
                settings,
                data.resolve("broker"),
                parties.all().stream().map(Party::code).toList(),
                amqp.access());
    }

    /** The pair that all nodes share. */
    @Bean
    @ConditionalOnExpression("!" + OWN_BROKER)
    RemoteBroker sharedBroker(
            @Value("${chapar.broker.url}") List<String> addresses,
            @Value("${server.ssl.bundle:gateway}") String bundle,
            SslBundles bundles,
            AmqpDoor amqp) {
        return new RemoteBroker(
                addresses,
                QueueConfiguration.tls(bundles, bundle),
                amqp.access().map(AmqpAccess::owners).orElse(Set.of()));
    }

    @Bean(initMethod = "start")
    Publisher publisher(MessageRecord messages, Nodes nodes, Broker broker, DeliverSettings settings) {
        Publisher publisher = new Publisher(
                messages::forEachWaiting,
                broker,
                nodes::alone,
                settings.firstBackOff(),
                LONGEST_BROKER_PAUSE,
                settings.comparison());
        messages.onDurable(publisher::durable);
        nodes.watch(publisher::compare);
        return publisher;
    }

    @Bean
    FullEquation fullEquation(MessageRecord messages, Broker broker, Publisher publisher) {
        return new FullEquation(messages, broker, publisher);
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    BrokerConnections pooledConnections(Broker broker) {
        BrokerConnections pool = new BrokerConnections(broker.connectionFactory());
        pool.setMaxSessionsPerConnection(SESSIONS_OF_ALL_CONSUMERS);
        return pool;
    }

    /**
     * Receiving is one transaction per delivery on the consumer's own session, kept open; no transaction manager, which
     * would make session and consumer anew for each, or silently split the transaction.
     */
    @Bean
    JmsComponent jms(ConnectionFactory pooledConnections, Setback setback) {
        JmsConfiguration consuming = new JmsConfiguration(pooledConnections);
        consuming.setTransacted(true);
        consuming.setLazyCreateTransactionManager(false);
        consuming.setCacheLevelName("CACHE_CONSUMER");
        consuming.setAcceptMessagesWhileStopping(false);
        // Otherwise Camel itself would answer to wherever a message says, in the gateway's name.
        consuming.setDisableReplyTo(true);
        consuming.setConsumerType(ConsumerType.Custom);
        consuming.setMessageListenerContainerFactory(queue -> new QueueReading(queue, LONGEST_BROKER_PAUSE));
        consuming.setRecoveryInterval(LONGEST_BROKER_PAUSE.toMillis());
        consuming.setErrorHandler(setback);
        return new JmsComponent(consuming);
    }

    @Bean
    Setback setback() {
        return new Setback(SETBACK);
    }

    @Bean
    DeliveryLimits deliveryLimits(DeliverSettings settings) {
        return settings.limits();
    }

    @Bean
    ChannelBeans channelBeans(Metrics metrics) {
        return new ChannelBeans(metrics);
    }

    @Bean
    ReceiverChannels receiverChannels(DeliveryLimits limits, Clock clock, ChannelBeans shown, PartyDirectory parties) {
        ReceiverChannels channels = new ReceiverChannels(limits, clock, shown);
        parties.all().forEach(party -> channels.of(party.code()));
        return channels;
    }

    @Bean
    Patience patience(DeliverSettings settings) {
        return new Patience(settings.firstBackOff(), LONGEST_RECORD_PAUSE);
    }

    /** Whoever waits at a mailbox is answered: the doors close when the last answer is given. */
    @Bean
    FirstAtStop waitingNoLonger(RestDoor door) {
        return new FirstAtStop(door::waitNoLonger);
    }

    @Bean
    FirstAtStop countingNoLonger(FullEquation equation) {
        return new FirstAtStop(equation::close);
    }

    /** Consumers that wait with a delivery in hand give it back at once, and none waits for a broker that is lost. */
    @Bean
    FirstAtStop givingBack(ReceiverChannels channels, Patience patience, BrokerConnections connections) {
        return new FirstAtStop(() -> {
            connections.connectNoMore();
            channels.halt();
            patience.halt();
        });
    }

    @Bean
    HttpLines httpLines(DeliveryLimits limits, Clock clock, KeyConfiguration.OwnTls tls) {
        return new HttpLines(tls.toReceivers(), limits, clock);
    }

    @Bean
    Proofs proofs(
            PartyDirectory parties,
            CertificatePaths paths,
            JsonSignatures jsonSignatures,
            XmlSignatures xmlSignatures,
            EnvelopeSignatures envelopes,
            Clock clock) {
        return new Proofs(parties, paths, jsonSignatures, xmlSignatures, envelopes, clock);
    }

    @Bean
    Take take(MessageRecord messages, Patience patience) {
        return new Take(messages::due, messages::heldBack, patience);
    }

    @Bean
    Sign sign(Signer signer, PartyDirectory parties) {
        return new Sign(signer, parties);
    }

    @Bean
    Deliver deliver(
            PartyDirectory parties,
            ReceiverChannels channels,
            HttpLines lines,
            Proofs proofs,
            Signer signer,
            DeliveryLimits limits,
            QueueLimits queues,
            MessageRecord messages,
            Patience patience) {
        return new Deliver(
                parties,
                channels,
                new RestCourier(lines, proofs, limits),
                new SoapCourier(lines, proofs, signer, limits),
                queues,
                (due, waited) -> patience.untilRecorded(() -> messages.stillDue(due, waited)));
    }

    @Bean
    Settle settle(MessageRecord messages, Broker broker, Patience patience) {
        ComingAgain comingAgain = new ComingAgain(broker);
        return new Settle(
                ended -> {
                    comingAgain.accept(ended);
                    messages.ended(ended);
                },
                patience);
    }

    @Bean
    Ask ask(
            MessageRecord messages,
            PartyDirectory parties,
            Schemas schemas,
            Signer signer,
            HttpLines lines,
            Proofs proofs,
            DeliveryLimits limits) {
        return new Ask(
                new RecordedQuestions(messages),
                parties,
                schemas,
                signer,
                new Provider(lines, proofs, signer, schemas, limits));
    }

    private record RecordedQuestions(MessageRecord messages) implements Ask.Questions {

        @Override
        public void ask(Passage.Authorised question) throws Refusal {
            messages.ask(question);
        }

        @Override
        public void answered(Passage.Authorised question, Digest answerDigest, byte[] providerProof, boolean found) {
            messages.answered(question, answerDigest, providerProof, found);
        }

        @Override
        public void unanswered(Passage.Authorised question, String reason) {
            messages.unanswered(question, reason);
        }
    }
}
