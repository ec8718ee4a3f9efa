package io.chapar.app;

import io.chapar.app.catalogue.PartyFile;
import io.chapar.trust.DevelopmentPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Makes the development certificates of the directory's parties before anything reads them; in production there is nothing
 * that it would make.
 */
public final class FirstStart implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Environment settings = event.getEnvironment();
        if (!"sandbox".equals(settings.getProperty("chapar.mode"))) {
            return;
        }
        Path routes = Path.of(settings.getRequiredProperty("chapar.routes"));
        try {
            DevelopmentPki.make(
                    Path.of(settings.getRequiredProperty("chapar.certificates")),
                    PartyFile.codes(routes.resolve(PartyFile.NAME)));
        } catch (IOException e) {
            throw new UncheckedIOException("the development certificates cannot be written to chapar.certificates", e);
        }
    }
}
