package io.chapar.app;

import io.chapar.authenticate.Authenticate;
import io.chapar.authenticate.QuotaLimits;
import io.chapar.authenticate.Quotas;
import io.chapar.authenticate.WithinQuota;
import io.chapar.console.Metrics;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.record.Backlogs;
import io.chapar.record.Database;
import java.util.Map;
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
    WithinQuota withinQuota(
            Authenticate authenticate,
            QuotaSettings settings,
            Backlogs backlogs,
            PartyDirectory parties,
            Metrics metrics) {
        QuotaLimits usual = settings.usual();
        Map<PartyCode, QuotaLimits> own = settings.byParty();
        own.keySet().stream()
                .filter(code -> parties.party(code).isEmpty())
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException(
                            "chapar.quotas.parties." + unknown + ": parties.yaml has no such party");
                });
        Quotas quotas = new Quotas(code -> own.getOrDefault(code, usual), backlogs::of, System::nanoTime);
        return new WithinQuota(authenticate, quotas, metrics::quotaExceeded);
    }
}
