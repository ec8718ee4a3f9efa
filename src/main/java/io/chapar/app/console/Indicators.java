package io.chapar.app.console;

import io.chapar.message.Signer;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/** Says red whenever a message could not be recorded, published or signed. */
public final class Indicators {

    private static final byte[] PROBE = "chapar".getBytes(StandardCharsets.US_ASCII);

    private Indicators() {}

    /** Up while the question is answered with yes; a question that fails is a no, with its reason. */
    public static HealthIndicator of(BooleanSupplier question) {
        return () -> {
            try {
                return Health.status(question.getAsBoolean() ? Status.UP : Status.DOWN)
                        .build();
            } catch (RuntimeException e) {
                return Health.down(e).build();
            }
        };
    }

    /** Signs something, as every receipt must be. */
    public static HealthIndicator signing(Supplier<Signer> signer) {
        return of(() -> !signer.get().detachedJws(PROBE).isEmpty());
    }
}
