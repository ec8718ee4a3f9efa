package io.chapar.app.console;

import io.chapar.app.broker.FullEquation;
import io.chapar.record.Equation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/equation}: the equation, counted now, and every id that does not fit. Ids and counts, for every role. */
@Endpoint(id = "equation")
public final class EquationEndpoint {

    /**
     * As it is told.
     *
     * @param broker {@code asked}, or {@code not asked: } and why; then what it holds was not looked at
     * @param doNotFit no more than a hundred thousand
     * @param moreDoNotFit how many beyond those
     */
    public record Told(
            boolean holds,
            String broker,
            long messages,
            long accepted,
            long delivered,
            long waiting,
            long parked,
            long withdrawn,
            long withoutReceiver,
            List<Receiver> receivers,
            List<Misfit> doNotFit,
            long moreDoNotFit) {

        /** @param brokerNotAsked why, if it was not */
        public static Told of(Equation equation, Optional<String> brokerNotAsked) {
            return new Told(
                    equation.holds(),
                    brokerNotAsked.map(why -> "not asked: " + why).orElse("asked"),
                    equation.messages(),
                    equation.accepted(),
                    equation.delivered(),
                    equation.waiting(),
                    equation.parked(),
                    equation.withdrawn(),
                    equation.noReceiver(),
                    equation.rows().stream().map(Told::row).toList(),
                    equation.misfits().stream()
                            .map(misfit -> new Misfit(misfit.id(), misfit.why()))
                            .toList(),
                    equation.moreMisfits());
        }

        private static Receiver row(Equation.Row row) {
            return new Receiver(
                    row.receiver().value(),
                    row.accepted(),
                    row.delivered(),
                    row.waiting(),
                    row.parked(),
                    row.withdrawn());
        }
    }

    /** One receiver's part. */
    public record Receiver(String receiver, long accepted, long delivered, long waiting, long parked, long withdrawn) {}

    /** A delivery's or a message's id. */
    public record Misfit(UUID id, String why) {}

    private final Supplier<FullEquation> equation;

    public EquationEndpoint(Supplier<FullEquation> equation) {
        this.equation = equation;
    }

    /** Takes seconds on a large record, and some more while messages come. */
    @ReadOperation
    public Told equation() throws InterruptedException {
        FullEquation.Counted counted = equation.get().count();
        return Told.of(counted.equation(), counted.brokerNotAsked());
    }
}
