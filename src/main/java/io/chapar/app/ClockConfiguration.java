package io.chapar.app;

import io.chapar.app.door.StraightWay;
import io.chapar.console.Metrics;
import io.chapar.deadline.Notices;
import io.chapar.deadline.Obligations;
import io.chapar.deadline.RunningOut;
import io.chapar.deadline.Terms;
import io.chapar.deadline.Ticking;
import io.chapar.message.Catalogue;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Signer;
import io.chapar.record.MessageRecord;
import io.chapar.schema.Schemas;
import io.chapar.trust.MarkKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clocks of what must follow: what starts and stops them, and what happens when they run out. */
@Configuration(proxyBeanMethods = false)
public class ClockConfiguration {

    @Bean
    MarkKey markKey(
            KeyConfiguration.KeyFilePassword password,
            @Value("${chapar.keys.folder:${chapar.data:data}/keys}") Path keys)
            throws IOException {
        return MarkKey.open(keys, password.value());
    }

    @Bean
    Obligations obligations(Catalogue catalogue, Terms terms, MarkKey key) {
        return new Obligations(catalogue, terms, key::mark);
    }

    @Bean
    RunningOut runningOut(
            MessageRecord record,
            Catalogue catalogue,
            Schemas schemas,
            Signer signer,
            PartyDirectory parties,
            StraightWay way,
            Metrics metrics,
            Clock clock) {
        Notices notices = new Notices(schemas, signer, parties);
        return new RunningOut(record, catalogue, notices, way::travel, metrics::ranOut, clock);
    }

    @Bean
    Ticking ticking(RunningOut runningOut, Clock clock) {
        return new Ticking(runningOut::look, clock);
    }

    /** Only once the routes stand by which a message travels. */
    @Bean
    ApplicationRunner clocksTick(Ticking ticking) {
        return arguments -> ticking.start();
    }
}
