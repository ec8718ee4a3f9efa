package io.chapar.app.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.door.TestGateway;
import io.chapar.app.door.TestRecord;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LookingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/exchanges",
                "/api/v1/messages",
                "/api/v1/messages/6f4d3c1e-0b52-4c7e-9a55-1f2d3c4b5a69",
                "/api/v1/deliveries",
                "/api/v1/openapi.json",
                "/api/v1/exchanges/test-notice/1.0/schema.xsd",
                "/ws/test-notice?wsdl"
            })
    void refused_without_the_certificate_of_a_party(String path) throws IOException {
        HttpResponse<String> nobody =
                TestGateway.send(TestGateway.asNobody(), TestGateway.to(path).GET());
        HttpResponse<String> stranger =
                TestGateway.send(TestGateway.asStranger(), TestGateway.to(path).GET());

        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(RestDoorTest.code(nobody)).isEqualTo("no-certificate");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(RestDoorTest.code(stranger)).isEqualTo("unknown-certificate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/exchanges",
                "/api/v1/messages",
                "/api/v1/deliveries",
                "/api/v1/openapi.json",
                "/ws/test-notice?wsdl",
                "/api/v1/exchanges/test-notice/batches/6f4d3c1e-0b52-4c7e-9a55-1f2d3c4b5a69"
            })
    void refused_to_look_or_take_with_the_gateways_own_keys(String path) throws IOException {
        HttpResponse<String> answer =
                TestGateway.send(TestGateway.asGateway(), TestGateway.to(path).GET());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(RestDoorTest.code(answer)).isEqualTo("not-agreed");
    }

    @Test
    void a_sender_sees_where_its_message_is() throws IOException {
        JsonNode message = get("/api/v1/messages/" + TestRecord.KNOWN);

        assertThat(message.at("/state").asText()).isEqualTo("waiting");
        assertThat(message.at("/receivers/0/receiver").asText()).isEqualTo("SPR");
        assertThat(message.at("/receivers/0/answer").isNull()).isTrue();
    }

    @Test
    void refused_when_the_message_is_unknown_or_anothers() throws IOException {
        for (String path : new String[] {UUID.randomUUID().toString(), TestRecord.KNOWN + "?sender=SPR", "nonsense"}) {
            HttpResponse<String> answer = TestGateway.send(
                    TestGateway.asMh(),
                    TestGateway.to("/api/v1/messages/" + path).GET());

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(RestDoorTest.code(answer)).isEqualTo("unknown-message");
        }
    }

    @Test
    void the_callers_messages_are_listed() throws IOException {
        JsonNode list = get("/api/v1/messages?since=2019-01-01T00:00:00+04:00&state=waiting");

        assertThat(list.at("/messages/0/messageId").asText()).isEqualTo(TestRecord.KNOWN.toString());
        assertThat(list.at("/cursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=yesterday",
                "state=lost",
                "cursor=nonsense",
                "since=2019-01-01",
                "since=%2B999999999-12-31T23:59:59Z",
                "since=2019-01-01T00:00:00Z&state=waiting%C3%28",
                "since=2019-01-01T00:00:00Z&%FF=1",
                "since=2019-01-01T00:00:00Z&state=waitıng"
            })
    void refused_when_a_list_is_asked_for_in_a_way_that_makes_no_sense(String query) throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMh(), TestGateway.to("/api/v1/messages?" + query).GET());

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void a_party_sees_what_it_may_send_and_ask_and_nothing_that_is_disabled() throws IOException {
        JsonNode open = get("/api/v1/exchanges");

        assertThat(open.at("/party").asText()).isEqualTo("MH");
        assertThat(open.at("/exchanges")).hasSize(2);
        assertThat(open.at("/exchanges/0/may/0").asText()).isEqualTo("ask");
        JsonNode notice = open.at("/exchanges/1");
        assertThat(notice.at("/may/0").asText()).isEqualTo("send");
        assertThat(notice.at("/deadline/unit").asText()).isEqualTo("working-days");
        for (JsonNode schema : notice.at("/schemas")) {
            assertThat(TestGateway.send(
                                    TestGateway.asMh(),
                                    TestGateway.to(schema.asText()).GET())
                            .statusCode())
                    .isEqualTo(200);
        }
        for (JsonNode sample : notice.at("/samples")) {
            assertThat(TestGateway.send(
                                    TestGateway.asMh(),
                                    TestGateway.to(sample.asText()).GET())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_party_is_told_how_large_a_message_may_be_and_of_attachments_only_where_there_may_be_some()
            throws IOException {
        JsonNode exchanges = get("/api/v1/exchanges").at("/exchanges");
        JsonNode attachments = exchanges.at("/1/attachments");

        assertThat(exchanges.at("/0").has("attachments")).isFalse();
        assertThat(exchanges.findValues("maximumBytes")).isNotEmpty();
        assertThat(attachments.at("/maximumBytes").asLong()).isEqualTo(1000);
        assertThat(attachments.at("/maximumBytesEach").asLong()).isEqualTo(1000);
        assertThat(attachments.at("/maximumDocumentBytes").asLong()).isEqualTo(2 << 20);
        assertThat(attachments.at("/maximumMessageBytes").asLong()).isEqualTo(210 << 20);
    }

    @Test
    void the_description_says_the_same_limits_and_names_each_that_the_catalogue_gives() throws IOException {
        JsonNode description = get("/api/v1/openapi.json");
        JsonNode notice = description.at("/paths/~1api~1v1~1exchanges~1test-notice/post/requestBody/description");
        JsonNode told = description.at("/paths/~1api~1v1~1exchanges/get/responses/200/content/application~1json/schema"
                + "/properties/exchanges/items/properties");

        assertThat(notice.asText()).contains("an attachment 1000,").contains("all attachments together 1000,");
        get("/api/v1/exchanges")
                .at("/exchanges")
                .forEach(exchange -> exchange.fieldNames()
                        .forEachRemaining(
                                name -> assertThat(told.has(name)).as(name).isTrue()));
        get("/api/v1/exchanges")
                .at("/exchanges/1/attachments")
                .fieldNames()
                .forEachRemaining(name -> assertThat(
                                told.at("/attachments/properties/" + name).isMissingNode())
                        .as(name)
                        .isFalse());
    }

    @Test
    void what_a_schema_includes_is_served_where_the_schema_says() throws IOException {
        HttpResponse<String> common = TestGateway.send(
                TestGateway.asMh(),
                TestGateway.to("/api/v1/exchanges/common/1.0/common.xsd").GET());

        assertThat(common.statusCode()).isEqualTo(200);
    }

    @Test
    void refused_when_there_is_no_such_schema() throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMh(),
                TestGateway.to("/api/v1/exchanges/test-notice/9.0/schema.xsd").GET());

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void the_description_names_what_the_caller_may_send_and_refers_to_nothing_outside() throws IOException {
        HttpResponse<String> answer = TestGateway.send(
                TestGateway.asMh(), TestGateway.to("/api/v1/openapi.json").GET());
        JsonNode description = JSON.readTree(answer.body());

        assertThat(description.at("/openapi").asText()).isEqualTo("3.1.0");
        assertThat(description
                        .at("/paths/~1api~1v1~1exchanges~1test-notice/post")
                        .isMissingNode())
                .isFalse();
        for (JsonNode reference : description.findValues("$ref")) {
            String pointer = reference.asText();
            assertThat(pointer).startsWith("#/");
            assertThat(description.at(pointer.substring(1)).isMissingNode())
                    .as(pointer)
                    .isFalse();
        }
    }

    @Test
    void every_call_says_that_it_is_refused_to_strangers_and_to_too_many_and_while_nobody_can_be_known()
            throws IOException {
        JsonNode paths = get("/api/v1/openapi.json").at("/paths");
        List<JsonNode> responses = paths.findValues("responses");

        assertThat(responses).hasSizeGreaterThan(15);
        assertThat(responses)
                .allMatch(each -> each.has("401") && each.has("403") && each.has("429") && each.has("503"));
    }

    @Test
    void the_description_of_a_mailbox_says_the_bounds_of_its_settings() throws IOException {
        JsonNode parameters = get("/api/v1/openapi.json").at("/paths/~1api~1v1~1deliveries/get/parameters");

        assertThat(parameters.at("/0/schema/maximum").asInt()).isEqualTo(100);
        assertThat(parameters.at("/0/schema/default").asInt()).isEqualTo(10);
        assertThat(parameters.at("/1/schema/maximum").asInt()).isEqualTo(60);
    }

    @Test
    void the_description_says_what_the_gateway_calls_with_and_what_is_to_be_answered() throws IOException {
        JsonNode webhooks = get("/api/v1/openapi.json").at("/webhooks");
        JsonNode delivery = webhooks.at("/delivery/post");
        JsonNode query = webhooks.at("/query/post");

        assertThat(delivery.at("/parameters").findValuesAsText("name"))
                .contains("Chapar-Delivery-Id", "Chapar-Exchange", "Chapar-Original-Digest", "X-JWS-Signature");
        assertThat(delivery.at("/responses/200/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Acknowledgement");
        assertThat(delivery.at("/responses").fieldNames())
                .toIterable()
                .contains("401", "403", "404", "408", "429", "4XX", "default");
        assertThat(query.at("/parameters").findValuesAsText("name")).contains("Chapar-Original-Digest");
        assertThat(query.at("/responses/200/description").asText()).contains("questionDigest");
    }

    private static JsonNode get(String path) throws IOException {
        HttpResponse<String> answer =
                TestGateway.send(TestGateway.asMh(), TestGateway.to(path).GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
