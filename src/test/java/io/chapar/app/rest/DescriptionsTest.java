package io.chapar.app.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.door.TestGateway;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told of an exchange to a party whom it concerns, and to one whom it does not. */
class DescriptionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/exchanges/test-notice/1.0/schema.xsd",
                "/api/v1/exchanges/test-notice/1.0/schema.json",
                "/api/v1/exchanges/test-notice/1.0/samples/minimal.json",
                "/ws/test-notice?wsdl",
                "/ws/test-notice?wsdl&side=receiver&version=1.0",
            })
    void refused_in_the_words_for_one_that_does_not_exist_when_it_does_not_concern_the_party(String path)
            throws IOException {
        JsonNode hidden = refused(path);
        JsonNode nowhere = refused(path.replace("test-notice", "no-such-exchange"));

        assertThat(hidden.at("/code").asText()).isEqualTo("unknown-exchange");
        assertThat(hidden.at("/detail")).isEqualTo(nowhere.at("/detail"));
        for (HttpClient concerned : List.of(TestGateway.asMh(), TestGateway.asMj())) {
            assertThat(get(concerned, path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void who_has_no_agreement_is_shown_the_types_that_all_have_in_common() throws IOException {
        assertThat(get(TestGateway.asSbs(), "/api/v1/exchanges/common/1.0/common.xsd")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_description_names_no_exchange_that_does_not_concern_the_party() throws IOException {
        JsonNode senders = description(TestGateway.asMh());

        assertThat(names(senders.at("/paths")))
                .contains("/api/v1/exchanges/test-notice", "/api/v1/exchanges/test-disabled")
                .doesNotContain("/api/v1/exchanges/test-bytes");
        assertThat(description(TestGateway.asSbs()).toString()).doesNotContain("test-");
    }

    @Test
    void who_has_no_agreement_is_told_all_calls_that_name_no_exchange() throws IOException {
        JsonNode description = description(TestGateway.asSbs());

        List<String> general = names(description(TestGateway.asMh()).at("/paths"));
        general.removeIf(path -> path.contains("/test-") || path.contains("/batches/"));
        assertThat(general).contains("/api/v1/exchanges", "/api/v1/messages", "/api/v1/deliveries");
        assertThat(names(description.at("/paths"))).containsExactlyInAnyOrderElementsOf(general);
        for (JsonNode reference : description.findValues("$ref")) {
            assertThat(description.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode refused(String path) throws IOException {
        HttpResponse<String> answer = get(TestGateway.asSbs(), path);
        assertThat(answer.statusCode()).isEqualTo(404);
        return JSON.readTree(answer.body());
    }

    private static JsonNode description(HttpClient party) throws IOException {
        return JSON.readTree(get(party, "/api/v1/openapi.json").body());
    }

    private static HttpResponse<String> get(HttpClient party, String path) throws IOException {
        return TestGateway.send(party, TestGateway.to(path).GET());
    }
}
