package io.chapar.sandbox.agency;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.Documents;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Drafts;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.Schemas;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationRegisterTest {

    private static final int MANY = 300;
    private static final Schemas SCHEMAS = Schemas.load(Path.of("schemas"));

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-23T06:00:00Z"), ZoneOffset.UTC);
    private final MigrationRegister register = new MigrationRegister(clock);

    @Test
    void some_foreigners_are_found_and_some_are_not_and_every_answer_fits_its_schema() throws Malformed {
        int found = answers("migration-status-lookup", i -> status("C" + (1_000_000 + i)));
        assertThat(found).isBetween(MANY / 2, MANY - 1);
    }

    @Test
    void few_travellers_are_stopped_and_every_answer_fits_its_schema() throws Malformed {
        int found = answers("travel-restriction-check", i -> check(i % 2 == 0 ? "entry" : "exit", "K" + (700_000 + i)));
        assertThat(found).isBetween(1, MANY / 4);
    }

    @Test
    void who_is_asked_for_twice_is_the_same_person() {
        assertThat(register.find(status("721234567"))).isEqualTo(register.find(status("721234567")));
        assertThat(register.find(check("exit", "721234567"))).isEqualTo(register.find(check("exit", "721234567")));
    }

    @Test
    void nothing_is_found_by_a_question_of_another_exchange_or_by_one_without_a_number() {
        assertThat(register.find(Content.of(Map.of(
                        "header", Map.of("exchange", "person-lookup"), "document", Map.of("number", "721234567")))))
                .isEmpty();
        assertThat(register.find(Content.of(Map.of("header", Map.of("exchange", "migration-status-lookup")))))
                .isEmpty();
    }

    private int answers(String exchange, IntFunction<Content> question) throws Malformed {
        ExchangeVersion version = new ExchangeVersion(exchange, "1.0");
        DocumentSchema schema = SCHEMAS.of(version).answer().orElseThrow();
        int found = 0;
        for (int i = 0; i < MANY; i++) {
            Optional<Map<String, Object>> content = register.find(question.apply(i));
            Draft answer = Drafts.answer(
                    version,
                    new PartyCode("SMS"),
                    new UUID(0, i),
                    "sha-256:" + "0".repeat(64),
                    content,
                    clock.instant());
            assertThat(schema.validateJson(HardenedJson.parse(HardenedJson.write(answer.content()))))
                    .isEmpty();
            // In XML the order counts, too.
            byte[] xml = Documents.xml(schema.root(), version.namespace(), answer.content());
            assertThat(schema.validateXml(HardenedXml.parse(xml))).isEmpty();
            found += content.isPresent() ? 1 : 0;
        }
        return found;
    }

    private static Content status(String number) {
        return Content.of(
                Map.of("header", Map.of("exchange", "migration-status-lookup"), "document", Map.of("number", number)));
    }

    private static Content check(String direction, String number) {
        return Content.of(Map.of(
                "header",
                Map.of("exchange", "travel-restriction-check"),
                "direction",
                direction,
                "travelDocument",
                Map.of("number", number)));
    }
}
