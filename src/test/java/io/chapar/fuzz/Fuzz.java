package io.chapar.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What Jazzer calls: {@code --target_class=io.chapar.fuzz.Fuzz --target_args=<target>}, or {@code together}. */
public final class Fuzz {

    private static @Nullable Target target;

    private Fuzz() {}

    public static void fuzzerInitialize(String[] arguments) throws Exception {
        // What thousands of refusals a second write would be most of the work.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        String name = arguments[0];
        if (name.equals("together")) {
            target = Targets.together();
            return;
        }
        Target named = Targets.named(name);
        // What is loaded with the first bytes would count as time that these take.
        for (byte[] seed : Seeds.of(name)) {
            named.take(seed);
        }
        target = named;
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Objects.requireNonNull(target).take(input);
    }
}
