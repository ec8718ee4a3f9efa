package io.chapar.app;

import io.chapar.app.broker.FullEquation;
import io.chapar.record.Equation;
import io.chapar.record.MessageRecord;
import io.chapar.sandbox.play.Books;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the sandbox print the gateway's own count, which it could not know as an agency. */
@Configuration(proxyBeanMethods = false)
public class SandboxBooks {

    @Bean
    Books books(MessageRecord record, FullEquation full) {
        return new Books() {
            @Override
            public long waiting() {
                return record.equation().waiting();
            }

            @Override
            public Balance balance() throws InterruptedException {
                FullEquation.Counted counted = full.count();
                return SandboxBooks.balance(
                        counted.equation(), counted.brokerNotAsked().isEmpty());
            }
        };
    }

    /** The same in the sandbox's words. */
    public static Books.Balance balance(Equation equation, boolean withBroker) {
        return new Books.Balance(
                equation.accepted(),
                equation.delivered(),
                equation.waiting(),
                equation.parked(),
                equation.withdrawn(),
                equation.noReceiver(),
                equation.holds(),
                withBroker,
                equation.misfits().stream()
                        .map(misfit -> misfit.id() + ": " + misfit.why())
                        .toList());
    }
}
