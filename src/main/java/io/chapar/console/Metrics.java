package io.chapar.console;

import io.chapar.message.Agreement;
import io.chapar.message.PartyCode;
import io.chapar.message.ProblemCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The figures that a dashboard reads. They name exchanges, parties and codes, never a message or a person. A counter is
 * looked up once for each set of names and kept: counting a message costs some nanoseconds.
 */
public final class Metrics {

    private final MeterRegistry registry;
    private final Map<String, Counter> accepted = new ConcurrentHashMap<>();
    private final Map<String, Counter> repeated = new ConcurrentHashMap<>();
    private final Map<ProblemCode, Counter> refused = new ConcurrentHashMap<>();
    private final Map<Route, Counter> delivered = new ConcurrentHashMap<>();
    private final Map<Route, Counter> parked = new ConcurrentHashMap<>();
    private final Map<PartyCode, Counter> overQuota = new ConcurrentHashMap<>();
    private final Counter forbidden;

    private record Route(String exchange, String receiver) {}

    public Metrics(MeterRegistry registry) {
        this.registry = registry;
        // there from the start, so that an alert rule sees the first attempt as an increase
        this.forbidden = Counter.builder("chapar.forbidden.attempts")
                .description("Attempts of parties at what the law forbids between them")
                .register(registry);
    }

    /** A message was accepted for the first time. */
    public void accepted(String exchange) {
        accepted.computeIfAbsent(
                        exchange,
                        name -> Counter.builder("chapar.accepted")
                                .description("Messages accepted, each counted once")
                                .tag("exchange", name)
                                .register(registry))
                .increment();
    }

    /** A message came again, and its receipt was given again. */
    public void repeated(String exchange) {
        repeated.computeIfAbsent(
                        exchange,
                        name -> Counter.builder("chapar.repeated")
                                .description("Messages that came again and were answered with their receipt")
                                .tag("exchange", name)
                                .register(registry))
                .increment();
    }

    /** Makes the counts of missed terms of an agreement, so that an alert rule sees the first one as an increase. */
    public void agreed(Agreement agreement) {
        String exchange = agreement.exchange().exchange();
        if (!agreement.deadline().isEmpty()) {
            deadlines(exchange, false);
        }
        agreement.following().obligation().ifPresent(follows -> clocks(exchange));
    }

    /** A message that has a legal term was accepted, in time or late. */
    public void deadline(String exchange, boolean met) {
        deadlines(exchange, met).increment();
    }

    private Counter deadlines(String exchange, boolean met) {
        return Counter.builder("chapar.deadlines")
                .description("Accepted messages that have a legal term, by whether it was met")
                .tag("exchange", exchange)
                .tag("met", Boolean.toString(met))
                .register(registry);
    }

    /** What must follow a message of this exchange did not come in time. */
    public void ranOut(String exchange) {
        clocks(exchange).increment();
    }

    private Counter clocks(String exchange) {
        return Counter.builder("chapar.clocks.ran.out")
                .description("Clocks that ran out because what must follow did not come")
                .tag("exchange", exchange)
                .register(registry);
    }

    /** A message of a batch has its receipt, or its problem. */
    public void inBatch(String exchange, boolean accepted) {
        Counter.builder("chapar.batch.messages")
                .description("Messages that came in batches, by whether they have a receipt or a problem")
                .tag("exchange", exchange)
                .tag("outcome", accepted ? "accepted" : "refused")
                .register(registry)
                .increment();
    }

    public void refused(ProblemCode code) {
        refused.computeIfAbsent(
                        code,
                        name -> Counter.builder("chapar.refused")
                                .description("Messages refused, by the problem's code")
                                .tag("code", name.code())
                                .register(registry))
                .increment();
    }

    /** A message was refused because its sender's quota is used up. */
    public void quotaExceeded(PartyCode party) {
        overQuota
                .computeIfAbsent(
                        party,
                        code -> Counter.builder("chapar.quota.exceeded")
                                .description("Messages refused because their sender's quota is used up")
                                .tag("party", code.value())
                                .register(registry))
                .increment();
    }

    /** Somebody tried what the law forbids. */
    public void forbidden() {
        forbidden.increment();
    }

    public void delivered(String exchange, PartyCode receiver) {
        delivered
                .computeIfAbsent(new Route(exchange, receiver.value()), route -> route("chapar.delivered", route))
                .increment();
    }

    public void parked(String exchange, PartyCode receiver) {
        parked.computeIfAbsent(new Route(exchange, receiver.value()), route -> route("chapar.parked", route))
                .increment();
    }

    /** Shows whether a receiver's channel is open: 1, or 0 while it is stopped and probed, or paused. */
    public void channel(PartyCode receiver, BooleanSupplier open) {
        Gauge.builder("chapar.channel.open", () -> open.getAsBoolean() ? 1 : 0)
                .description("1 while deliveries go to a receiver, 0 while its channel is stopped or paused")
                .tag("receiver", receiver.value())
                .strongReference(true)
                .register(registry);
    }

    private Counter route(String name, Route route) {
        return Counter.builder(name)
                .tag("exchange", route.exchange())
                .tag("receiver", route.receiver())
                .register(registry);
    }
}
