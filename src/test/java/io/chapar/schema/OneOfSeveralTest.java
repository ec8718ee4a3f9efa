package io.chapar.schema;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Violation;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Elements that hold exactly one of several, one for each case: both validators say so. */
class OneOfSeveralTest {

    private static final Schemas SCHEMAS = Schemas.load(Path.of("schemas"));

    @ParameterizedTest
    @CsvSource({
        "labour-contract-notification, full, /event",
        "labour-contract-notification, full, /event/conclusion/permission",
        "early-termination-notice, full, /permission",
        "work-permit, full, /decision",
        "residence-permit, full, /decision",
    })
    void refused_at_the_same_place_when_there_is_none(String exchange, String sample, String pointer) throws Exception {
        Map<String, Object> document = sample(exchange, sample);
        at(document, pointer).clear();

        assertThat(pointers(inXml(exchange, document))).containsExactly(pointer);
        assertThat(pointers(inJson(exchange, document))).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource({
        "labour-contract-notification, /event, minimal",
        "labour-contract-notification, /event, azerbaijani",
        "early-termination-notice, /permission, azerbaijani",
        "work-permit, /decision, minimal",
        "work-permit, /decision, azerbaijani",
        "residence-permit, /decision, minimal",
        "residence-permit, /decision, azerbaijani",
    })
    void refused_when_there_are_two(String exchange, String pointer, String other) throws Exception {
        Map<String, Object> document = sample(exchange, "full");
        at(document, pointer).putAll(at(sample(exchange, other), pointer));

        assertThat(pointers(inXml(exchange, document)))
                .isNotEmpty()
                .allSatisfy(place -> assertThat(place).startsWith(pointer));
        assertThat(pointers(inJson(exchange, document))).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource({
        "labour-contract-notification, /event, minimal",
        "labour-contract-notification, /event, azerbaijani",
        "early-termination-notice, /permission, azerbaijani",
        "work-permit, /decision, minimal",
        "work-permit, /decision, azerbaijani",
        "residence-permit, /decision, minimal",
        "residence-permit, /decision, azerbaijani",
    })
    void accepted_when_another_one_stands_in_its_place(String exchange, String pointer, String other) throws Exception {
        Map<String, Object> document = sample(exchange, "full");
        at(document, pointer).clear();
        at(document, pointer).putAll(at(sample(exchange, other), pointer));

        assertThat(inXml(exchange, document)).isEmpty();
        assertThat(inJson(exchange, document)).isEmpty();
    }

    private static List<Violation> inXml(String exchange, Map<String, Object> document) throws Exception {
        DocumentSchema schema = schema(exchange);
        return schema.validateXml(HardenedXml.parse(schema.xml(schema.fields(document))));
    }

    private static List<Violation> inJson(String exchange, Map<String, Object> document) {
        return schema(exchange).validateJson(document);
    }

    private static List<String> pointers(List<Violation> violations) {
        return violations.stream().map(Violation::pointer).toList();
    }

    private static DocumentSchema schema(String exchange) {
        return SCHEMAS.of(new ExchangeVersion(exchange, "1.0")).message();
    }

    private static Map<String, Object> sample(String exchange, String name) throws Exception {
        return copy(
                HardenedJson.parse(Files.readAllBytes(Path.of("schemas", exchange, "1.0", "samples", name + ".json"))));
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) ->
                copy.put((String) key, value instanceof Map<?, ?> below ? copy(below) : Objects.requireNonNull(value)));
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> document, String pointer) {
        Map<String, Object> here = document;
        for (String name : pointer.substring(1).split("/", -1)) {
            here = (Map<String, Object>) Objects.requireNonNull(here.get(name));
        }
        return here;
    }
}
