package io.chapar.app;

import io.chapar.trust.PrivateKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * When the key of TLS lies in a token, both ports use a bundle of ours in place of Spring Boot's, which would read it from
 * a file. A bundle that somebody has named for a port stays.
 */
@Order(Ordered.LOWEST_PRECEDENCE - 10)
public final class TlsKeyInToken implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    static final String BUNDLE = "gateway-token";

    private static final String FROM_FILES = "gateway";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (!PrivateKeys.inToken(environment.getProperty(KeyConfiguration.TLS_KEY, ""))) {
            return;
        }
        Map<String, Object> instead = new HashMap<>();
        instead.put("spring.ssl.bundle.pem." + FROM_FILES + ".keystore.private-key", "");
        Stream.of("server.ssl.bundle", "management.server.ssl.bundle")
                .filter(port -> FROM_FILES.equals(environment.getProperty(port)))
                .forEach(port -> instead.put(port, BUNDLE));
        environment.getPropertySources().addFirst(new MapPropertySource("tls-key-in-token", instead));
    }
}
