package io.chapar.app;

import io.chapar.app.catalogue.FolderCatalogue;
import io.chapar.app.catalogue.ReloadableParties;
import io.chapar.app.queue.QueuesAtStart;
import io.chapar.app.reload.AuthorityFile;
import io.chapar.app.reload.FilesWatch;
import io.chapar.record.MessageRecord;
import io.chapar.trust.CertificatePaths;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is read again while the gateway runs. Parties and authorities are in the ledger before they are in force. */
@Configuration(proxyBeanMethods = false)
class ReloadConfiguration {

    /** A new directory is held to all that the start was held to, with the agreements of the start, which are in force. */
    @Bean
    FilesWatch partyWatch(
            ReloadableParties parties, FolderCatalogue catalogue, QueuesAtStart queues, MessageRecord record) {
        ReloadableParties.Entrance entrance = (fresh, digest) -> {
            queues.check(fresh);
            catalogue.check(fresh);
            record.configurationChanged("parties", digest);
        };
        return new FilesWatch("party directory", parties::filesRead, () -> parties.reload(entrance));
    }

    @Bean
    FilesWatch authorityWatch(AuthorityFile file, CertificatePaths paths, MessageRecord record) {
        return new FilesWatch(
                "file of authorities",
                file::filesRead,
                () -> file.reload(paths, digest -> record.configurationChanged("authorities", digest)));
    }

    /** Not before everything is there that a new state changes. */
    @Bean
    ApplicationRunner looks(List<FilesWatch> watches) {
        return arguments -> watches.forEach(FilesWatch::start);
    }

    @Bean
    MeterBinder reloadFigures(FilesWatch partyWatch, FilesWatch authorityWatch, FilesWatch tlsWatch) {
        return registry -> {
            refused("chapar.parties.refused", partyWatch).register(registry);
            refused("chapar.authorities.refused", authorityWatch).register(registry);
            refused("chapar.tls.refused", tlsWatch).register(registry);
        };
    }

    private static Gauge.Builder<FilesWatch> refused(String name, FilesWatch watch) {
        return Gauge.builder(name, watch, it -> it.refused() ? 1 : 0)
                .description("1 while these files say what cannot be taken, and what they said before stays in force")
                .strongReference(true);
    }
}
