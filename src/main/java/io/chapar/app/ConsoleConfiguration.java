package io.chapar.app;

import io.chapar.app.broker.Broker;
import io.chapar.app.broker.FullEquation;
import io.chapar.app.console.ConsoleSecurity;
import io.chapar.app.console.EquationEndpoint;
import io.chapar.app.console.Indicators;
import io.chapar.app.console.LocalLogin;
import io.chapar.app.console.OidcLogin;
import io.chapar.app.console.OidcSettings;
import io.chapar.app.console.PeoplesPort;
import io.chapar.app.console.SessionEnd;
import io.chapar.console.LoginThrottle;
import io.chapar.console.Metrics;
import io.chapar.console.Parked;
import io.chapar.console.Permissions;
import io.chapar.console.RoleRestrictor;
import io.chapar.console.ShownBean;
import io.chapar.console.Users;
import io.chapar.message.Signer;
import io.chapar.record.MessageRecord;
import io.hawt.springboot.HawtioPlugin;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jolokia.server.core.service.api.Restrictor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The people's port: logins, Hawtio, health, metrics. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ConsoleSettings.class, OidcSettings.class})
public class ConsoleConfiguration {

    @Bean
    PeoplesPort peoplesPort() {
        return new PeoplesPort();
    }

    /** With an identity provider nobody has a password, but who is in the file: programs, for HTTP Basic. */
    @Bean
    Users users(ConsoleSettings settings, OidcSettings oidc) {
        return oidc.wanted() && settings.users() == null
                ? Users.none()
                : Users.of(Optional.ofNullable(settings.users()), settings.production());
    }

    @Bean
    AuthenticationProvider localLogin(Users users, ObjectProvider<Clock> clock) {
        return new LocalLogin(users, new LoginThrottle(clock.getIfAvailable(Clock::systemUTC)));
    }

    @Bean
    SecurityFilterChain peoplesSecurity(
            HttpSecurity http,
            PeoplesPort port,
            Users users,
            OidcSettings oidc,
            @Value("${chapar.sessions.longest:12h}") Duration longestSession,
            ObjectProvider<Clock> clocks)
            throws Exception {
        Clock clock = clocks.getIfAvailable(Clock::systemUTC);
        Optional<OidcLogin> elsewhere = oidc.wanted() ? Optional.of(new OidcLogin(oidc, clock)) : Optional.empty();
        return ConsoleSecurity.chain(http, port, new SessionEnd(longestSession, clock), elsewhere, users.any());
    }

    @Bean
    Restrictor roleRestrictor() {
        return new RoleRestrictor(new Permissions(), ConsoleSecurity::currentRoles);
    }

    /** Our own pages in Hawtio, where it serves files: below other paths it answers with its start page. */
    @Bean
    HawtioPlugin chaparPlugin() {
        HawtioPlugin plugin = new HawtioPlugin("chapar", "./plugin", "/hawtio/static/chapar");
        plugin.setRemoteEntryFileName("chapar.js");
        plugin.setBustRemoteEntryCache(false);
        return plugin;
    }

    @Bean
    ShownBean parkedBean(ObjectProvider<MessageRecord> messages) {
        return new ShownBean(
                "io.chapar:type=Parked",
                new Parked(() -> messages.getObject().parked(), ConsoleSecurity::currentLogin));
    }

    @Bean
    EquationEndpoint equationEndpoint(ObjectProvider<FullEquation> equation) {
        return new EquationEndpoint(equation::getObject);
    }

    @Bean
    Metrics metrics(MeterRegistry registry) {
        return new Metrics(registry);
    }

    @Bean
    HealthIndicator recordHealthIndicator(ObjectProvider<MessageRecord> messages) {
        return Indicators.of(() -> messages.getObject().healthy());
    }

    @Bean
    HealthIndicator brokerHealthIndicator(ObjectProvider<Broker> broker) {
        return Indicators.of(() -> broker.getObject().running());
    }

    @Bean
    HealthIndicator signerHealthIndicator(ObjectProvider<Signer> signer) {
        return Indicators.signing(signer::getObject);
    }
}
