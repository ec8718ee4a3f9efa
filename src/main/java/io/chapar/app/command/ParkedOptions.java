package io.chapar.app.command;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which parked deliveries are meant: all that is given must be true. */
final class ParkedOptions {

    static final String BEAN = "io.chapar:type=Parked";

    @Option(names = "--receiver", paramLabel = "PARTY", description = "Who would not have it.")
    private @Nullable String receiver;

    @Option(names = "--exchange", description = "Such as birth-notification.")
    private @Nullable String exchange;

    @Option(names = "--code", description = "Of the receiver's answer: schema, or \"422 schema\".")
    private @Nullable String code;

    @Option(names = "--after", paramLabel = "TIME", description = "Parked at or after, such as 2019-01-31T08:00:00Z.")
    private @Nullable String after;

    @Option(names = "--before", paramLabel = "TIME", description = "Parked before.")
    private @Nullable String before;

    boolean none() {
        return arguments(false).stream().allMatch(String::isEmpty);
    }

    /** In the order of the bean's operations. */
    List<String> arguments(boolean all) {
        return Stream.of(all && receiver == null ? "*" : receiver, exchange, code, after, before)
                .map(each -> Objects.requireNonNullElse(each, ""))
                .toList();
    }
}
