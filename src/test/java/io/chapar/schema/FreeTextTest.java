package io.chapar.schema;

import io.chapar.message.ExchangeVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A text that anybody could word is found wherever the schema has one. */
class FreeTextTest {

    private static final Schemas SCHEMAS = Schemas.load(Path.of("schemas"));

    @ParameterizedTest
    @CsvSource({
        "border-crossing,       /header,             /header/onBehalfOf",
        "border-crossing,       /header,             /header/orderingKey",
        "border-crossing,       /header/onBehalfOf,  /header/onBehalfOf",
        "person-lookup,         /header,             /header/caseReference",
        "consular-registration, /work,               /work/employer",
        "consular-registration, /stayAbroad,         /stayAbroad/place/address",
        "consular-registration, /attachment,         /attachment/title",
        "consular-registration, /contact,            /contact/emailAddress",
        "citizenship-decision,  /act,                /act/number",
    })
    void found_at_and_below_the_pointer_in_lists_and_behind_references(String exchange, String pointer, String text) {
        assertThat(schema(exchange).freeTexts(pointer)).contains(text);
    }

    @Test
    void codes_names_dates_and_numbers_are_none() {
        assertThat(schema("border-crossing").freeTexts("/traveller")).isEmpty();
        assertThat(schema("border-crossing").freeTexts("/travelDocument")).isEmpty();
        assertThat(schema("migration-statistics").freeTexts("/cell")).isEmpty();
        assertThat(schema("readmission-case").freeTexts("/needs")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"readmission-case", "student-enrolment"})
    void the_coded_header_holds_none(String exchange) {
        assertThat(schema(exchange).freeTexts("/header")).isEmpty();
    }

    private static DocumentSchema schema(String exchange) {
        return SCHEMAS.of(new ExchangeVersion(exchange, "1.0")).message();
    }
}
