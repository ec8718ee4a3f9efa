package io.chapar.app.console;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Recognises a request that came in by the people's port. Both ports pass through the same security filter, and paths
 * do not tell them apart reliably: Jolokia's and Hawtio's servlets are mapped beside the actuator's.
 */
public final class PeoplesPort implements RequestMatcher, ApplicationListener<WebServerInitializedEvent> {

    private static final int NOT_OPEN = -1;

    private volatile int port = NOT_OPEN;

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if ("management".equals(event.getApplicationContext().getServerNamespace())) {
            port = event.getWebServer().getPort();
        }
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        return request.getLocalPort() == port;
    }
}
