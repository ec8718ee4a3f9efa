package io.chapar.app;

import io.chapar.record.Equation;
import io.chapar.record.MessageRecord;
import io.chapar.sandbox.play.Books;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the sandbox print the gateway's own count, which it could not know as an agency. */
@Configuration(proxyBeanMethods = false)
public class SandboxBooks {

    @Bean
    Books books(MessageRecord record) {
        return () -> balance(record.equation());
    }

    private static Books.Balance balance(Equation equation) {
        return new Books.Balance(
                equation.accepted(),
                equation.delivered(),
                equation.waiting(),
                equation.parked(),
                equation.withdrawn(),
                equation.noReceiver(),
                equation.holds(),
                equation.misfits().stream()
                        .map(misfit -> misfit.id() + ": " + misfit.why())
                        .toList());
    }
}
