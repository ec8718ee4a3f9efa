package io.chapar.app.routing;

import io.chapar.accept.Accept;
import io.chapar.app.AttachmentSettings;
import io.chapar.app.broker.Broker;
import io.chapar.app.broker.EmbeddedBroker;
import io.chapar.app.broker.Setback;
import io.chapar.app.door.Defects;
import io.chapar.app.door.DoorSettings;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.StraightWay;
import io.chapar.app.queue.FromQueue;
import io.chapar.app.queue.Outbox;
import io.chapar.app.rest.RestDoor;
import io.chapar.authenticate.Authenticate;
import io.chapar.authenticate.WithinQuota;
import io.chapar.authorise.Authorise;
import io.chapar.console.Metrics;
import io.chapar.deadline.Obligations;
import io.chapar.deadline.Terms;
import io.chapar.deliver.Ask;
import io.chapar.deliver.Deliver;
import io.chapar.deliver.Settle;
import io.chapar.deliver.Sign;
import io.chapar.deliver.Take;
import io.chapar.ledger.TimestampGate;
import io.chapar.message.Catalogue;
import io.chapar.message.Dispatch;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Signer;
import io.chapar.message.Stage;
import io.chapar.record.AcceptedBefore;
import io.chapar.record.AttachmentStore;
import io.chapar.record.MessageRecord;
import io.chapar.record.RecordStage;
import io.chapar.transform.Transform;
import io.chapar.trust.Receipts;
import io.chapar.validate.Validate;
import io.chapar.verify.Verify;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.Registry;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.spring.boot.CamelSpringBootApplicationListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the stages the names by which the routes call them, and every party its delivering route. */
@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {

    @Bean
    Defects defects(Catalogue catalogue) {
        return new Defects(catalogue::knows);
    }

    @Bean
    StraightWay straightWay(
            CamelContext camel,
            ProducerTemplate template,
            Catalogue catalogue,
            MessageRecord record,
            WorkLimit limit,
            Metrics metrics,
            Defects defects) {
        return new CamelStraightWay(camel, template, catalogue, record::discard, limit, metrics, defects);
    }

    @Bean
    Accept accept(
            Catalogue catalogue,
            PartyDirectory parties,
            DoorSettings doors,
            AttachmentSettings attachments,
            AttachmentStore store,
            Authenticate authenticate) {
        return new Accept(catalogue, parties, doors.maximumBytes(), attachments.limits(), store, authenticate);
    }

    @Bean
    RecordStage record(
            MessageRecord record,
            Signer signer,
            Terms terms,
            Obligations obligations,
            Clock clock,
            @Value("${chapar.ledger.merge-delay}") Duration mergeDelay) {
        return new RecordStage(
                record,
                new Receipts(signer),
                (message, acceptedAt) ->
                        terms.deadline(message.agreement(), message.validated().fields(), acceptedAt),
                obligations::of,
                clock,
                mergeDelay);
    }

    @Bean
    Refuse refuse(RefusedAttempts attempts, Clock clock, Defects defects, WorkLimit limit) {
        return new Refuse(attempts, new SecurityLog(clock), defects, limit);
    }

    /** Eight for each processor, unless the setting says otherwise: fewer make the groups that are committed small. */
    @Bean
    WorkLimit workLimit(
            PartyDirectory parties,
            Metrics metrics,
            @Value("${chapar.doors.at-once}") int atOnce,
            @Value("${chapar.doors.longest-turn-wait}") Duration longestTurnWait) {
        int turns = atOnce == 0 ? 8 * Runtime.getRuntime().availableProcessors() : atOnce;
        return new WorkLimit(parties, metrics::quotaExceeded, turns, longestTurnWait);
    }

    @Bean
    CamelContextConfiguration stages(
            TimestampGate timestamps,
            AcceptedBefore acceptedBefore,
            WorkLimit limit,
            Accept accept,
            WithinQuota authenticate,
            Verify verify,
            Validate validate,
            Authorise authorise,
            RecordStage record,
            Ask ask,
            Take take,
            Transform transform,
            Sign sign,
            Deliver deliver,
            Settle settle,
            Refuse refuse,
            Setback setback,
            Metrics metrics,
            RestDoor door,
            FromQueue fromQueue,
            Outbox outbox) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                Registry names = camel.getRegistry();
                Stage<Passage.Authorised, Boolean> repeat = message -> acceptedBefore.isUsed(message.header());
                names.bind("accept", new StageProcessor<>(Passage.Arrived.class, accept, Luggage::put));
                names.bind("authenticate", new StageProcessor<>(Passage.Accepted.class, authenticate));
                names.bind("turn", (Processor) limit::begin);
                names.bind("turn-over", (Processor) WorkLimit::end);
                names.bind("verify", new StageProcessor<>(Passage.Authenticated.class, verify));
                names.bind("validate", new StageProcessor<>(Passage.Verified.class, validate));
                names.bind("authorise", new StageProcessor<>(Passage.Validated.class, authorise));
                names.bind("check", new StageProcessor<>(Passage.Authorised.class, new Check()));
                names.bind("record", new StageProcessor<>(Passage.Authorised.class, timestamps.before(record, repeat)));
                names.bind("ask", new StageProcessor<>(Passage.Authorised.class, timestamps.before(ask, repeat)));
                names.bind("take", new TakeProcessor(take));
                names.bind("transform", new StageProcessor<>(Dispatch.Due.class, transform));
                names.bind("sign", new StageProcessor<>(Dispatch.Transformed.class, sign));
                names.bind("deliver", new StageProcessor<>(Dispatch.Signed.class, deliver));
                names.bind(
                        "settle", new StageProcessor<>(Dispatch.Ended.class, new Settled(settle, metrics, receiver -> {
                            door.arrived(receiver);
                            outbox.arrived(receiver);
                        })));
                names.bind("answer", fromQueue);
                names.bind("refuse", refuse);
                names.bind("park", new Park());
                names.bind("setback", setback);
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                // What is thrown here is only logged; what must not be missing is made by PartyRoutes.
            }
        };
    }

    /** Camel is asked for late: Spring would start on its own, and without any routes, what this bean depends on. */
    @Bean
    RoutesFirst routesFirst(
            ApplicationContext context,
            ObjectProvider<CamelContext> camel,
            ObjectProvider<CamelSpringBootApplicationListener> reader,
            PartyDirectory parties,
            Catalogue catalogue,
            Broker broker,
            ObjectProvider<EmbeddedBroker> own) {
        return new RoutesFirst(context, camel, reader, () -> {
            CamelStraightWay.mustLeadSomewhere(camel.getObject(), catalogue);
            new PartyRoutes(camel.getObject(), parties, broker).add();
            own.ifAvailable(EmbeddedBroker::listen);
        });
    }
}
