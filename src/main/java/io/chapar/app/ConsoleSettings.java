package io.chapar.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param mode {@code sandbox} or {@code production}
 * @param users the file of users; without one a sandbox has one user for each role
 */
@ConfigurationProperties("chapar")
public record ConsoleSettings(
        @Nullable String mode, @Nullable Path users) {

    boolean production() {
        return !"sandbox".equals(mode);
    }
}
