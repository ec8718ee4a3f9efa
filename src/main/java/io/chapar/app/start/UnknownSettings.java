package io.chapar.app.start;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses a setting of ours that does not exist: it would be ignored, and whoever set it would believe that it holds. Not
 * looked at are environment variables, for commands have some of their own, and Kubernetes sets others for a service of
 * this name.
 */
@Order(Ordered.LOWEST_PRECEDENCE - 10)
public final class UnknownSettings implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    /** Of the build, whose tests start gateways in their own process. */
    private static final List<String> BUILD = List.of("chapar.test.", "chapar.faults.");

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        List<String> unknown = event.getEnvironment().getPropertySources().stream()
                .filter(source -> !source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME))
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> unknown((EnumerablePropertySource<?>) source))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(String.join("; ", unknown));
        }
    }

    private static Stream<String> unknown(EnumerablePropertySource<?> source) {
        return Stream.of(source.getPropertyNames())
                .filter(name -> name.startsWith(SettingNames.PREFIX))
                .filter(name -> BUILD.stream().noneMatch(name::startsWith))
                .filter(name -> !SettingNames.known(name))
                .sorted()
                .map(name -> "there is no setting " + name + place(source, name) + ": "
                        + SettingNames.nearest(name)
                                .map(meant -> "did you mean " + meant + "? Otherwise remove it")
                                .orElse("remove it, or see docs/settings.md for those that there are"));
    }

    private static String place(EnumerablePropertySource<?> source, String name) {
        return Optional.<Origin>ofNullable(OriginLookup.getOrigin(source, name))
                .map(origin -> " (" + origin + ")")
                .orElse(" (" + source.getName() + ")");
    }
}
