package io.chapar.app;

import io.chapar.app.server.RefusedTooOften;
import io.chapar.authenticate.Authenticate;
import io.chapar.authenticate.QuotaLimits;
import io.chapar.authenticate.Quotas;
import io.chapar.authenticate.WithinQuota;
import io.chapar.console.Metrics;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.record.Backlogs;
import io.chapar.record.Database;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What one party may send, so that it cannot take the place of all others. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuotaSettings.class)
public class QuotaConfiguration {

    @Bean(initMethod = "start")
    Backlogs backlogs(Database database) {
        return new Backlogs(database);
    }

    @Bean
    Quotas quotas(QuotaSettings settings, Backlogs backlogs, PartyDirectory parties) {
        QuotaLimits usual = settings.usual();
        Map<PartyCode, QuotaLimits> own = settings.byParty();
        own.keySet().stream()
                .filter(code -> parties.party(code).isEmpty())
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException(
                            "chapar.quotas.parties." + unknown + ": parties.yaml has no such party");
                });
        return new Quotas(code -> own.getOrDefault(code, usual), usual, backlogs::of, System::nanoTime);
    }

    @Bean
    RefusedTooOften refusedTooOften(Quotas quotas, PartyDirectory parties, Metrics metrics) {
        return (caller, message) -> {
            Optional<PartyCode> party =
                    caller.flatMap(parties::byTlsCertificate).map(Party::code);
            if (party.isEmpty()) {
                return quotas.stranger();
            }
            Optional<Duration> pause = party.filter(sender -> message).flatMap(quotas::afterRefusals);
            pause.ifPresent(since -> metrics.quotaExceeded(party.get()));
            return pause;
        };
    }

    @Bean
    WithinQuota withinQuota(Authenticate authenticate, Quotas quotas, Metrics metrics) {
        return new WithinQuota(authenticate, quotas, metrics::quotaExceeded);
    }
}
