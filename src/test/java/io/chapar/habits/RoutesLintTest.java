package io.chapar.habits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoutesLintTest {

    private static final String PIPELINE = """
            - routeTemplate:
                id: notify
                parameters:
                  - name: exchange
                route:
                  from:
                    uri: direct:{{exchange}}
                    steps:
                      - process: { ref: verify }
                      - process: { ref: settle }
            """;

    private static final String ROUTE = """
            - templatedRoute:
                routeTemplateRef: notify
                routeId: death-notification
                parameters:
                  - name: exchange
                    value: death-notification
            """;

    private static final String AGREEMENT = "exchange: death-notification\nversion: \"1.0\"\n";

    @TempDir
    Path routes;

    @BeforeEach
    void an_exchange_as_it_should_be() throws IOException {
        write("pipeline.camel.yaml", PIPELINE);
        write("death-notification/death-notification.camel.yaml", ROUTE);
        write("death-notification/agreement.yaml", AGREEMENT);
    }

    @Test
    void the_routes_of_this_project_are_as_they_should_be() throws IOException {
        Path own = Path.of("routes");
        assertThat(own.resolve("pipeline.camel.yaml")).exists();
        assertThat(RoutesLint.complaints(own)).isEmpty();
    }

    @Test
    void accepted_when_an_exchange_adds_one_route_from_a_template() throws IOException {
        assertThat(RoutesLint.complaints(routes)).isEmpty();
    }

    @Test
    void refused_when_an_exchange_brings_a_route_of_its_own() throws IOException {
        write("death-notification/death-notification.camel.yaml", "- route: { id: x, from: { uri: direct:x } }\n");
        complains("holds exactly one templatedRoute");
    }

    @Test
    void refused_when_an_exchange_brings_two_routes() throws IOException {
        write("death-notification/death-notification.camel.yaml", ROUTE + ROUTE);
        complains("holds exactly one templatedRoute");
    }

    @Test
    void refused_when_a_route_is_named_otherwise_than_its_folder() throws IOException {
        write("death-notification/death.camel.yaml", ROUTE);
        complains("named otherwise than its folder");
    }

    @Test
    void refused_when_the_parameter_names_another_exchange() throws IOException {
        write(
                "death-notification/death-notification.camel.yaml",
                ROUTE.replace("value: death-notification", "value: birth-notification"));
        complains("has one parameter, exchange");
    }

    @Test
    void refused_when_a_route_brings_beans() throws IOException {
        write("pipeline.camel.yaml", PIPELINE + "- beans:\n    - { name: x, type: java.lang.Object }\n");
        complains("uses beans");
    }

    @Test
    void refused_when_a_step_is_a_script() throws IOException {
        write("pipeline.camel.yaml", PIPELINE + "          - script: { groovy: \"1\" }\n");
        complains("uses script");
    }

    @Test
    void refused_when_an_expression_reaches_into_an_object() throws IOException {
        write("pipeline.camel.yaml", PIPELINE + "          - log: \"${body.class}\"\n");
        complains("reaches into an object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simple: \"${date:now}\"",
                "csimple: \"${body}\"",
                "language: { language: ref, expression: someBean }",
                "jsonpath: \"$.header\"",
            })
    void refused_when_a_header_is_set_by_a_language_that_no_route_needs(String expression) throws IOException {
        write(
                "pipeline.camel.yaml",
                PIPELINE + "          - setHeader: { name: x, expression: { " + expression + " } }\n");
        complains("uses " + expression.substring(0, expression.indexOf(':')));
    }

    @Test
    void refused_when_a_stage_is_made_from_the_name_of_a_class() throws IOException {
        write("pipeline.camel.yaml", PIPELINE + "          - process: { ref: \"#class:java.lang.Object\" }\n");
        complains("reaches into an object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bean:someBean?method=run",
                "class:java.lang.Runtime",
                "language:simple:x",
                "controlbus:route?routeId=admit&action=stop",
                "file:/tmp",
                "https://localhost",
                "jms:topic:chapar.deliver",
                "bean",
                "{{chapar.somewhere}}",
                "direct:admit?exchangePattern=#class:java.lang.Object",
            })
    void refused_when_a_route_sends_anywhere_but_to_a_route_or_a_queue(String address) throws IOException {
        for (String step : new String[] {"to: \"at\"", "to: { uri: \"at\" }", "poll: \"at\""}) {
            write(
                    "pipeline.camel.yaml",
                    PIPELINE + "          - " + step.replace("\"at\"", "\"" + address + "\"") + "\n");
            complains("has the address '" + address + "'");
        }
    }

    @Test
    void refused_when_a_route_begins_anywhere_but_at_a_route_or_a_queue() throws IOException {
        write("pipeline.camel.yaml", PIPELINE.replace("direct:{{exchange}}", "timer:tick"));
        complains("has the address 'timer:tick'");
    }

    @Test
    void refused_when_an_error_route_sends_what_is_left_elsewhere() throws IOException {
        write("refusals.camel.yaml", """
                - routeConfiguration:
                    id: refusals
                    errorHandler:
                      deadLetterChannel: { deadLetterUri: "file:/tmp" }
                    onException:
                      - onException:
                          exception: [java.lang.Throwable]
                          steps:
                            - to: "bean:someBean"
                """);
        complains("has the address 'file:/tmp'");
        complains("has the address 'bean:someBean'");
    }

    @Test
    void accepted_when_a_route_sends_to_a_route_or_a_queue() throws IOException {
        write(
                "pipeline.camel.yaml",
                PIPELINE
                        + "          - to: direct:admit\n          - to: { uri: \"jms:queue:chapar.deliver.{{party}}\" }\n");
        assertThat(RoutesLint.complaints(routes)).isEmpty();
    }

    @Test
    void refused_when_another_file_lists_a_stage() throws IOException {
        write("refusals.camel.yaml", """
                - routeConfiguration:
                    id: refusals
                    onException:
                      - onException:
                          steps:
                            - process: { ref: verify }
                """);
        complains("lists the stage verify");
    }

    @Test
    void refused_when_a_file_beside_the_pipeline_is_unknown() throws IOException {
        write("more.camel.yaml", PIPELINE);
        complains("is no file of the straight way");
    }

    @Test
    void refused_when_a_file_holds_a_key_twice() throws IOException {
        write("death-notification/agreement.yaml", AGREEMENT + "version: \"1.1\"\n");
        complains("is not readable YAML");
    }

    @Test
    void refused_when_a_version_is_a_number() throws IOException {
        write("death-notification/agreement.yaml", "exchange: death-notification\nversion: 1.0\n");
        complains("the version is a text");
    }

    @Test
    void refused_when_an_agreement_lies_in_the_folder_of_another_exchange() throws IOException {
        write("death-notification/agreement.yaml", AGREEMENT.replace("death", "birth"));
        complains("names another exchange");
    }

    @Test
    void refused_when_a_route_has_no_agreement() throws IOException {
        Files.delete(routes.resolve("death-notification/agreement.yaml"));
        complains("needs an agreement.yaml");
    }

    private void complains(String about) throws IOException {
        assertThat(RoutesLint.complaints(routes))
                .anySatisfy(complaint -> assertThat(complaint).contains(about));
    }

    private void write(String file, String content) throws IOException {
        Path path = routes.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
