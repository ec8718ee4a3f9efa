package io.chapar.app.console;

import io.chapar.app.ConsoleConfiguration;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** As much of the gateway as the people's port needs, with one route to look at. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import(ConsoleConfiguration.class)
class ConsoleApplication {

    @Bean
    RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:somewhere").routeId("somewhere").to("log:somewhere");
            }
        };
    }
}
