package io.chapar.fuzz;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Jazzer calls: {@code --target_class=io.chapar.fuzz.Fuzz --target_args=<target>}, or {@code together}. */
public final class Fuzz {

    private static @Nullable Target target;

    private Fuzz() {}

    public static void fuzzerInitialize(String[] arguments) throws Exception {
        target = arguments[0].equals("together") ? Targets.together() : Targets.named(arguments[0]);
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Objects.requireNonNull(target).take(input);
    }
}
