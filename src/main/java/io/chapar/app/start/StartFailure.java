package io.chapar.app.start;

import io.chapar.app.catalogue.CatalogueRefused;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says on the standard error stream, in one line for each thing that is wrong, what keeps the gateway from starting and
 * what to do. What nobody foresaw is a defect, and Spring Boot tells it with its whole trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class StartFailure implements SpringBootExceptionReporter {

    private static final Logger LOG = LoggerFactory.getLogger(StartFailure.class);
    private static final int DEEPEST = 50;

    /**
     * Made by Spring Boot, which names it in {@code META-INF/spring.factories}.
     *
     * @param context that did not start; none when not even the settings could be read
     */
    public StartFailure(@Nullable ConfigurableApplicationContext context) {
        LOG.debug("asked why {} does not start", context);
    }

    @Override
    public boolean reportException(Throwable failure) {
        List<String> lines = lines(failure);
        lines.forEach(line -> System.err.println("Chapar does not start: " + line));
        if (!lines.isEmpty()) {
            LOG.debug("the whole trace of what was told in one line", failure);
        }
        return !lines.isEmpty();
    }

    /** None when nobody foresaw it. */
    static List<String> lines(Throwable failure) {
        List<Throwable> chain = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .toList();
        return chain.stream()
                .filter(CatalogueRefused.class::isInstance)
                .map(CatalogueRefused.class::cast)
                .findFirst()
                .map(CatalogueRefused::complaints)
                .orElseGet(() -> Causes.told(chain).map(List::of).orElse(List.of()));
    }
}
