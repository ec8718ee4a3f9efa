package io.chapar.app;

import io.chapar.app.broker.Publisher;
import io.chapar.app.queue.Outbox;
import io.chapar.console.Metrics;
import io.chapar.ledger.TimestampGate;
import io.chapar.message.Catalogue;
import io.chapar.record.MessageRecord;
import io.chapar.record.ParkedDeliveries;
import io.chapar.trust.Revocation;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Figures on which alert rules stand ({@code deploy/alerts.yaml}) and that nobody counts: they are asked when somebody looks. */
@Configuration(proxyBeanMethods = false)
class FiguresConfiguration {

    @Bean
    MeterBinder agreedFigures(Catalogue catalogue, Metrics metrics) {
        return registry -> catalogue.all().forEach(metrics::agreed);
    }

    @Bean
    MeterBinder ledgerFigures(TimestampGate gate) {
        return registry -> TimeGauge.builder(
                        "chapar.ledger.oldest.waiting",
                        () -> gate.waiting().map(Duration::toSeconds).orElse(0L),
                        TimeUnit.SECONDS)
                .description("How long the oldest event has waited for the ledger and its timestamp")
                .strongReference(true)
                .register(registry);
    }

    @Bean
    MeterBinder parkedFigures(MessageRecord record) {
        return registry -> Gauge.builder("chapar.parked.deliveries", record.parked(), ParkedDeliveries::count)
                .description("Deliveries that their receivers would not have, and that wait for an administrator")
                .strongReference(true)
                .register(registry);
    }

    @Bean
    MeterBinder queueFigures(Publisher publisher, Outbox outbox) {
        return registry -> Gauge.builder(
                        "chapar.broker.queues.missing",
                        () -> publisher.missingQueues().count()
                                + outbox.missingQueues().count())
                .description("Queues that something waits for, and that the broker does not have")
                .strongReference(true)
                .register(registry);
    }

    @Bean
    MeterBinder revocationFigures(Revocation revocation) {
        return registry -> revocation.listsDue().ifPresent(now -> {
            TimeGauge.builder(
                            "chapar.revocation.lists.due",
                            () -> revocation
                                    .listsDue()
                                    .map(Instant::getEpochSecond)
                                    .orElse(0L),
                            TimeUnit.SECONDS)
                    .description("When the revocation lists should have been replaced, in seconds since 1970")
                    .strongReference(true)
                    .register(registry);
            Gauge.builder("chapar.revocation.lists.refused", revocation, it -> it.listsRefused() ? 1 : 0)
                    .description("1 while their file cannot be read, and the lists before it stay in force")
                    .strongReference(true)
                    .register(registry);
        });
    }
}
