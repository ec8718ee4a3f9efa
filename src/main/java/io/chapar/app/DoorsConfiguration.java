package io.chapar.app;

import io.chapar.app.batch.BatchDoor;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.DoorSettings;
import io.chapar.app.door.DoorTls;
import io.chapar.app.door.Intake;
import io.chapar.app.door.ProblemReportValve;
import io.chapar.app.door.Refusals;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.Replies;
import io.chapar.app.door.SchemaFiles;
import io.chapar.app.door.StraightWay;
import io.chapar.app.rest.RestDoor;
import io.chapar.app.server.EvenThreads;
import io.chapar.app.soap.SoapDoor;
import io.chapar.app.soap.SoapRefusals;
import io.chapar.console.Metrics;
import io.chapar.message.Catalogue;
import io.chapar.message.Party;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Signer;
import io.chapar.message.Stage;
import io.chapar.record.MessageRecord;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.Valve;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What agencies call on port 8443: REST, SOAP, and the server beneath them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AttachmentSettings.class)
public class DoorsConfiguration {

    /** A connection costs a handshake of two milliseconds and more, so it may be used for long. */
    private static final int REQUESTS_PER_CONNECTION = 100_000;

    /** Who has no thread left is told so after this time, as who has no turn is; an address has 2,048 connections at most. */
    private static final Duration LATE = Duration.ofSeconds(1);

    @Bean
    RefusedAttempts refusedAttempts(MessageRecord record, Catalogue catalogue, Metrics metrics) {
        return new RefusedAttempts(record, catalogue, metrics);
    }

    @Bean
    DoorSettings doorSettings(
            @Value("${chapar.doors.maximum-bytes:20971520}") int maximumBytes,
            @Value("${chapar.doors.public-address:}") String publicAddress,
            @Value("${chapar.schemas:schemas}") Path schemas,
            @Value("${chapar.doors.mailbox-invisible:60s}") Duration invisible,
            @Value("${chapar.doors.longest-wait:60s}") Duration longestWait,
            @Value("${chapar.doors.most-deliveries:100}") int mostDeliveries) {
        Optional<URI> address = publicAddress.isEmpty() ? Optional.empty() : Optional.of(URI.create(publicAddress));
        return new DoorSettings(maximumBytes, address, schemas, invisible, longestWait, mostDeliveries);
    }

    @Bean
    Intake intake(DoorSettings settings, Clock clock) {
        return new Intake(settings.maximumBytes(), clock);
    }

    @Bean
    Replies replies(Signer signer) {
        return new Replies(signer);
    }

    @Bean
    Refusals refusals(Signer signer, Replies replies) {
        return new SoapRefusals(signer, replies);
    }

    @Bean
    CallerIdentity callerIdentity(
            @Qualifier("authenticate") Stage<Passage.Accepted, Passage.Authenticated> authenticate,
            @Qualifier("verify") Stage<Passage.Authenticated, Passage.Verified> verify) {
        return new CallerIdentity(authenticate, verify);
    }

    @Bean
    SchemaFiles schemaFiles(DoorSettings settings) {
        return new SchemaFiles(settings.schemas());
    }

    @Bean
    RestDoor restDoor(
            Intake intake,
            CallerIdentity identity,
            Replies replies,
            StraightWay way,
            Catalogue catalogue,
            MessageRecord record,
            SchemaFiles files,
            BatchDoor batches,
            RefusedAttempts attempts,
            DoorSettings settings,
            AttachmentSettings attachments) {
        return new RestDoor(
                intake,
                identity,
                replies,
                way,
                catalogue,
                record,
                files,
                batches,
                attempts,
                settings,
                attachments.limits());
    }

    @Bean
    ServletRegistrationBean<HttpServlet> restServlet(RestDoor door) {
        ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(door.servlet(), "/api/*");
        registration.setName("rest");
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    SoapDoor soapDoor(
            Intake intake,
            CallerIdentity identity,
            Replies replies,
            Signer signer,
            StraightWay way,
            Catalogue catalogue,
            SchemaFiles files,
            DoorSettings settings) {
        return new SoapDoor(intake, identity, replies, signer, way, catalogue, files, settings);
    }

    @Bean
    ServletRegistrationBean<HttpServlet> soapServlet(SoapDoor door) {
        ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(door.servlet(), "/ws/*");
        registration.setName("soap");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> doorsServer(
            Replies replies,
            @Value("${chapar.doors.longest-upload:30m}") Duration longestUpload,
            AttachmentSettings attachments) {
        requireBounded(longestUpload, attachments.leftAlone());
        return factory -> {
            factory.addConnectorCustomizers(connector -> {
                connector.setAllowTrace(false);
                connector.setXpoweredBy(false);
                if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                    http.setServerRemoveAppProvidedValues(true);
                    connector.setProperty("sslImplementationName", DoorTls.class.getName());
                    http.setMaxKeepAliveRequests(REQUESTS_PER_CONNECTION);
                }
            });
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ProblemReportValve.class.getName());
                    host.getPipeline().addValve(new ProblemReportValve(replies));
                }
            });
        };
    }

    /** First of all that looks at a request. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> evenThreads(
            PartyDirectory parties, Refusals refusals, @Value("${server.tomcat.threads.max}") int threads) {
        return factory -> {
            List<Valve> valves = new ArrayList<>();
            // All who are no party are one.
            valves.add(new EvenThreads(
                    certificate ->
                            certificate.flatMap(parties::byTlsCertificate).map(Party::code),
                    threads,
                    refusals,
                    LATE));
            valves.addAll(factory.getEngineValves());
            factory.setEngineValves(valves);
        };
    }

    private static void requireBounded(Duration longestUpload, Duration leftAlone) {
        if (longestUpload.isZero()
                || longestUpload.isNegative()
                || longestUpload.compareTo(leftAlone.dividedBy(2)) > 0) {
            throw new IllegalArgumentException(
                    "chapar.doors.longest-upload must be longer than nothing and at most half"
                            + " of chapar.attachments.left-alone, or a file is swept before its message is recorded");
        }
    }
}
