package io.chapar.app;

import io.chapar.ledger.TimestampAuthority;
import io.chapar.ledger.TimestampGate;
import io.chapar.ledger.Timestamping;
import io.chapar.record.DataFolder;
import io.chapar.record.LedgerTables;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.HttpAuthority;
import io.chapar.trust.PemFiles;
import io.chapar.trust.Revocation;
import io.chapar.trust.TimestampTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Timestamps over the ledger's checkpoints, and the gate that closes when there have been none for too long. */
@Configuration(proxyBeanMethods = false)
class TimestampConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(TimestampConfiguration.class);

    /** Where to ask, if anywhere. */
    record Wanted(Optional<URI> address) {}

    @Bean
    Wanted timestampsWanted(
            TimestampSettings settings,
            @Value("${chapar.mode:sandbox}") String mode,
            @Value("${chapar.sandbox.port:9443}") int sandboxPort) {
        Optional<URI> address = settings.address(!mode.equals("sandbox"), sandboxPort);
        if (address.isEmpty()) {
            LOG.warn(
                    "chapar.timestamps.url is empty: the ledger gets no timestamps, and nothing stops for want of one");
        }
        return new Wanted(address);
    }

    @Bean
    TimestampTokens timestampTokens(
            TimestampSettings settings,
            @Value("${chapar.timestamps.trusted:${chapar.certificates:certs-dev}/ca.cert.pem}") Path trusted,
            @Value("${chapar.timestamps.revocation-lists:${chapar.certificates:certs-dev}/ca.crl.pem}")
                    Path revocationLists,
            Revocation revocation,
            @Value("${chapar.trust.clock-skew:5m}") Duration skew,
            DataFolder folder,
            Clock clock)
            throws IOException {
        CertificatePaths paths =
                new CertificatePaths(PemFiles.certificates(trusted), revocation.withLists(revocationLists), clock);
        // Public, and beside the data, so that the ledger can be verified with nothing else.
        Files.copy(trusted, folder.path().resolve("timestamps.cert.pem"), StandardCopyOption.REPLACE_EXISTING);
        Optional<String> policy = settings.policy().isEmpty() ? Optional.empty() : Optional.of(settings.policy());
        return new TimestampTokens(paths, policy, skew, clock);
    }

    @Bean
    TimestampGate timestampGate(TimestampSettings settings, Wanted wanted) {
        return new TimestampGate(wanted.address().map(address -> settings.grace()), System::nanoTime);
    }

    /** Looks before anything is accepted, so that the gate knows what waits. */
    @Bean
    Timestamping timestamping(
            Wanted wanted,
            LedgerTables tables,
            TimestampTokens tokens,
            TimestampGate gate,
            TimestampSettings settings,
            KeyConfiguration.OwnTls tls) {
        Timestamping timestamping = new Timestamping(
                tables.timestamps(),
                tokens,
                wanted.address()
                        .<TimestampAuthority>map(address -> new HttpAuthority(
                                address, HttpAuthority.Asking.FOR_TIMESTAMPS, tls.context(), settings.timeout())::ask),
                gate,
                settings.every(),
                System::nanoTime);
        timestamping.look();
        return timestamping;
    }

    /** Only once the sandbox's authority listens. */
    @Bean
    ApplicationRunner timestampsTick(Timestamping timestamping) {
        return arguments -> timestamping.start();
    }

    @Bean
    HealthIndicator timestampsHealthIndicator(TimestampGate gate, Timestamping timestamping) {
        return new TimestampHealth(gate, timestamping);
    }
}
