package io.chapar.app.routing;

import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The route files themselves, run by Camel with stages that only say that they were called. */
class StraightWayTest extends CamelTestSupport {

    private final List<String> called = new CopyOnWriteArrayList<>();
    private volatile String refuses = "";
    private volatile String fails = "";

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                for (String stage : List.of(
                        "accept",
                        "authenticate",
                        "turn",
                        "verify",
                        "validate",
                        "authorise",
                        "check",
                        "turn-over",
                        "record",
                        "ask",
                        "take",
                        "transform",
                        "sign",
                        "deliver",
                        "settle",
                        "refuse",
                        "setback")) {
                    getContext().getRegistry().bind(stage, (Processor) exchange -> call(stage));
                }
                getContext().getRegistry().bind("park", new Park());
                getContext().getPropertiesComponent().addInitialProperty("chapar.deliver.concurrency", "2");
                for (String file : List.of("refusals", "pipeline")) {
                    PluginHelper.getRoutesLoader(getContext())
                            .loadRoutes(ResourceHelper.fromString(
                                    file + ".yaml", Files.readString(Path.of("routes", file + ".camel.yaml"))));
                }
            }
        };
    }

    private void call(String stage) throws Refusal {
        called.add(stage);
        if (stage.equals(refuses)) {
            throw new Refusal(ProblemCode.RULE, "as told");
        }
        if (stage.equals(fails)) {
            throw new IllegalStateException("a defect");
        }
    }

    @BeforeEach
    void routes() throws Exception {
        TemplatedRouteBuilder.builder(context, "notify")
                .routeId("birth-notification")
                .parameter("exchange", "birth-notification")
                .add();
        TemplatedRouteBuilder.builder(context, "query")
                .routeId("person-lookup")
                .parameter("exchange", "person-lookup")
                .add();
    }

    @Test
    void notification_passes_every_stage_in_order_and_is_recorded_last() {
        template.requestBody("direct:birth-notification", "state");
        assertThat(called)
                .containsExactly(
                        "turn",
                        "accept",
                        "authenticate",
                        "turn",
                        "verify",
                        "validate",
                        "authorise",
                        "check",
                        "turn-over",
                        "record");
    }

    @Test
    void query_passes_the_same_stages_and_is_asked_last() {
        template.requestBody("direct:person-lookup", "state");
        assertThat(called)
                .containsExactly(
                        "turn",
                        "accept",
                        "authenticate",
                        "turn",
                        "verify",
                        "validate",
                        "authorise",
                        "check",
                        "turn-over",
                        "ask");
    }

    @Test
    void refused_message_reaches_no_later_stage() {
        refuses = "verify";
        template.requestBody("direct:birth-notification", "state");
        assertThat(called).containsExactly("turn", "accept", "authenticate", "turn", "verify", "refuse");
    }

    @Test
    void message_that_could_not_be_recorded_is_refused() {
        refuses = "record";
        template.requestBody("direct:birth-notification", "state");
        assertThat(called).endsWith("record", "refuse");
    }

    @Test
    void message_at_which_a_stage_fails_ends_like_a_refused_one() {
        fails = "validate";
        template.requestBody("direct:birth-notification", "state");
        assertThat(called).containsExactly("turn", "accept", "authenticate", "turn", "verify", "validate", "refuse");
    }

    @Test
    void address_of_no_exchange_is_refused_by_the_first_stage() {
        refuses = "accept";
        template.requestBody("direct:unknown-exchange", "state");
        assertThat(called).containsExactly("turn", "accept", "refuse");
    }

    @Test
    void delivery_that_cannot_be_transformed_is_parked_and_settled() {
        refuses = "transform";
        context.addComponent("jms", new StubComponent());
        TemplatedRouteBuilder.builder(context, "deliver")
                .routeId("deliver-SPR")
                .parameter("party", "SPR")
                .add();
        Dispatch.Due due = due();
        Object end = template.requestBody("jms:queue:chapar.deliver.SPR", due);
        assertThat(called).containsExactly("take", "transform", "settle");
        assertThat(end).isEqualTo(new Dispatch.Parked(due, 0, "rule", "as told"));
    }

    private static Dispatch.Due due() {
        return new Dispatch.Due(
                UUID.randomUUID(),
                1,
                new PartyCode("SPR"),
                UUID.randomUUID(),
                new PartyCode("MH"),
                new ExchangeVersion("birth-notification", "1.0"),
                Optional.empty(),
                Passage.Door.REST,
                Format.JSON,
                new byte[0],
                Digest.of(new byte[0]),
                List.of(),
                Instant.EPOCH,
                0);
    }
}
