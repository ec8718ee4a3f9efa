package io.chapar.app.queue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.door.Defects;
import io.chapar.message.Passage;
import jakarta.jms.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/** A whole gateway in which a stage has a defect that shows at some messages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class DefectTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BROKEN = "0bad0bad-0bad-4bad-8bad-";

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private QueueGateway gateway;

    /** The stage validate fails at a message whose id begins with {@link #BROKEN}, and says what is in it. */
    static final class AtSome {
        @Bean
        CamelContextConfiguration defectiveStage() {
            return new CamelContextConfiguration() {
                @Override
                public void beforeApplicationStart(CamelContext camel) {
                    camel.getCamelContextExtension()
                            .addInterceptStrategy((context, definition, target, next) -> exchange -> {
                                if (definition instanceof ProcessDefinition step
                                        && "validate".equals(step.getRef())
                                        && exchange.getMessage().getBody() instanceof Passage.Verified verified
                                        && text(verified).contains(BROKEN)) {
                                    throw new IllegalStateException("a defect at " + text(verified));
                                }
                                target.process(exchange);
                            });
                }

                @Override
                public void afterApplicationStart(CamelContext camel) {
                    assertThat(camel.isStarted()).isTrue();
                }
            };
        }

        private static String text(Passage passage) {
            return new String(passage.arrived().body(), StandardCharsets.UTF_8);
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        gateway = new QueueGateway(folder, AtSome.class);
        logged.start();
        ((Logger) LoggerFactory.getLogger(Defects.class)).addAppender(logged);
    }

    @AfterAll
    void stop() {
        ((Logger) LoggerFactory.getLogger(Defects.class)).detachAppender(logged);
        gateway.close();
    }

    private static UUID broken() {
        return UUID.fromString(BROKEN + UUID.randomUUID().toString().substring(24));
    }

    @Test
    void a_message_at_which_a_stage_fails_is_answered_and_what_comes_behind_is_accepted() throws Exception {
        UUID broken = broken();
        UUID sound = UUID.randomUUID();
        try (Desk mh = new Desk(gateway, "MH")) {
            for (UUID each : List.of(broken, sound)) {
                byte[] document = QueueGateway.birth("json", each);
                mh.write(mh.with(
                        mh.bytes(document),
                        "exchange",
                        "birth-notification",
                        "jwsSignature",
                        gateway.keys("MH").signer().detachedJws(document)));
            }
            Message first = mh.read();
            assertThat(first.getStringProperty("kind")).isEqualTo("problem");
            JsonNode problem = JSON.readTree(Desk.body(first));
            assertThat(problem.at("/code").asText()).isEqualTo("unprocessable");
            assertThat(problem.at("/messageId").asText()).isEqualTo(broken.toString());
            assertThat(logged.list)
                    .anySatisfy(line -> assertThat(line.getFormattedMessage())
                            .contains(problem.at("/traceId").asText(), "IllegalStateException")
                            .doesNotContain(broken.toString()));
            assertThat(mh.read().getStringProperty("kind")).isEqualTo("receipt");
        }
    }

    @Test
    void over_rest_it_is_no_reason_to_try_again_for_ever() throws Exception {
        byte[] document = QueueGateway.birth("json", broken());
        HttpClient client =
                HttpClient.newBuilder().sslContext(gateway.keys("MH").client()).build();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + gateway.httpsPort() + "/api/v1/exchanges/birth-notification"))
                .header("Content-Type", "application/json")
                .header("X-JWS-Signature", gateway.keys("MH").signer().detachedJws(document))
                .POST(HttpRequest.BodyPublishers.ofByteArray(document))
                .build();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i <= Defects.TRIES; i++) {
            statuses.add(
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
        assertThat(statuses).containsExactly(503, 503, 422, 422);
    }
}
