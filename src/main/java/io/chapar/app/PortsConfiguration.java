package io.chapar.app;

import io.chapar.app.door.Replies;
import io.chapar.app.server.EvenConnections;
import io.chapar.app.server.PunctualBodies;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.util.unit.DataSize;

/** What holds for the server beneath the agencies' port and for that beneath the people's alike. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class PortsConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> evenServer(
            @Value("${server.tomcat.threads.max:200}") int threads,
            @Value("${chapar.doors.slowest-body:1KB}") String slowestBody,
            ObjectProvider<Replies> replies) {
        return factory -> {
            factory.setProtocol(EvenConnections.class.getName());
            factory.addEngineValves(new PunctualBodies(
                    threads, DataSize.parse(slowestBody).toBytes(), Optional.ofNullable(replies.getIfAvailable())));
        };
    }
}
