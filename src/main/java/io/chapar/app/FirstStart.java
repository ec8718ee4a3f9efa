package io.chapar.app;

import io.chapar.trust.DevelopmentPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;

/** Makes the development certificates before anything reads them; in production there is nothing that it would make. */
public final class FirstStart implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (!"sandbox".equals(event.getEnvironment().getProperty("chapar.mode"))) {
            return;
        }
        try {
            DevelopmentPki.make(Path.of(event.getEnvironment().getRequiredProperty("chapar.certificates")));
        } catch (IOException e) {
            throw new UncheckedIOException("the development certificates cannot be written to chapar.certificates", e);
        }
    }
}
