package io.chapar.app;

import io.chapar.app.console.PlainAddress;
import io.chapar.app.door.Refusals;
import io.chapar.app.server.EvenConnections;
import io.chapar.app.server.PunctualBodies;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;

/** What holds for the server beneath the agencies' port and for that beneath the people's alike. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class PortsConfiguration {

    /** So many times the largest message of a party; it costs time of the one connection, and no memory. */
    private static final long READ_AWAY = 10;

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> evenServer(
            @Value("${server.tomcat.threads.max:200}") int threads,
            @Value("${server.tomcat.connection-timeout:20s}") String patience,
            @Value("${chapar.doors.slowest-body:1KB}") String slowestBody,
            @Value("${chapar.doors.longest-upload:30m}") String longestUpload,
            @Value("${chapar.doors.maximum-bytes:20971520}") long maximumBytes,
            @Value("${chapar.attachments.largest-together:210MB}") String withAttachments,
            ObjectProvider<Refusals> refusals) {
        // As texts: the context of the people's port converts nothing.
        Duration patient = DurationStyle.detectAndParse(patience);
        long largest = Math.max(maximumBytes, DataSize.parse(withAttachments).toBytes());
        return factory -> {
            factory.setProtocol(EvenConnections.class.getName());
            factory.addConnectorCustomizers(
                    connector -> connector.setProperty("connectionTimeout", Long.toString(patient.toMillis())));
            factory.addEngineValves(new PunctualBodies(
                    threads,
                    patient,
                    DataSize.parse(slowestBody).toBytes(),
                    DurationStyle.detectAndParse(longestUpload),
                    READ_AWAY * largest,
                    Optional.ofNullable(refusals.getIfAvailable())));
            factory.addEngineValves(new PlainAddress());
        };
    }
}
