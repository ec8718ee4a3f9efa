package io.chapar.sandbox.sample;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Format;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.post.Documents;
import io.chapar.sandbox.post.Draft;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.Schemas;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SampleTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Path SCHEMAS = Path.of("schemas");

    @ParameterizedTest
    @EnumSource(Format.class)
    void a_fresh_message_has_its_own_id_nonce_and_time_and_says_what_the_sample_says(Format format) throws Exception {
        Sample sample = sample("birth-notification", "full");
        Content before = Content.of(sample.content());

        Written first = sample.fresh(format, NOW);
        Written second = sample.fresh(format, NOW);
        Content after = content(first);

        assertThat(after.must("/header/messageId"))
                .isEqualTo(first.draft().messageId().toString());
        assertThat(after.must("/header/sentAt")).isEqualTo(NOW.toString());
        assertThat(after.must("/header/nonce"))
                .isNotEqualTo(before.must("/header/nonce"))
                .isNotEqualTo(content(second).must("/header/nonce"));
        for (String same :
                List.of("/header/conversationId", "/header/sender", "/child/birthDate", "/mother/givenName")) {
            assertThat(after.text(same)).as(same).isEqualTo(before.text(same));
        }
        assertThat(first.digest()).isNotEqualTo(second.digest());
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void a_message_may_say_something_else_at_one_place(Format format) throws Exception {
        Content other =
                content(sample("birth-notification", "full").with(format, NOW, Map.of("birthDate", "2025-11-23")));

        assertThat(other.must("/child/birthDate")).isEqualTo("2025-11-23");
    }

    @Test
    void written_anew_every_sample_of_every_exchange_fits_its_schema_in_both_forms() throws Exception {
        Schemas schemas = Schemas.load(SCHEMAS);
        for (Agreement agreement : RealFiles.CATALOGUE.all()) {
            DocumentSchema schema = schemas.of(agreement.exchange()).message();
            for (Sample sample : Sample.of(agreement, SCHEMAS)) {
                Draft draft = sample.draft(NOW);
                String name = agreement.exchange() + " " + sample.name();
                assertThat(schema.validateXml(HardenedXml.parse(Documents.xml(draft.exchange(), draft.content()))))
                        .as(name)
                        .isEmpty();
                assertThat(schema.validateJson(draft.content())).as(name).isEmpty();
                assertThat(Content.of(draft.content()).must("/header/messageId"))
                        .as(name)
                        .isEqualTo(draft.messageId().toString());
            }
        }
    }

    @Test
    void the_files_that_a_sample_names_go_along() throws Exception {
        assertThat(sample("consular-registration", "full").attachments())
                .singleElement()
                .satisfies(file -> assertThat(file.mediaType()).isEqualTo("application/pdf"));
        assertThat(sample("consular-registration", "minimal").attachments()).isEmpty();
    }

    @Test
    void refused_when_a_file_is_not_the_one_that_the_sample_describes(@TempDir Path schemas) throws Exception {
        Path samples = Path.of("consular-registration/1.0/samples");
        Files.createDirectories(schemas.resolve(samples).resolve("attachments"));
        for (String form : List.of("full.xml", "full.json")) {
            Files.copy(
                    SCHEMAS.resolve(samples).resolve(form),
                    schemas.resolve(samples).resolve(form));
        }
        Files.writeString(schemas.resolve(samples).resolve("attachments/certificate-of-employment.pdf"), "%PDF-1.4");

        assertThatThrownBy(() -> Sample.of(agreement("consular-registration"), schemas))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not what the sample describes");
    }

    private static Content content(Written message) throws Exception {
        return message.format() == Format.JSON
                ? Content.of(HardenedJson.parse(message.document()))
                : Content.of(HardenedXml.parse(message.document()));
    }

    private static Sample sample(String exchange, String name) throws Exception {
        return Sample.of(agreement(exchange), SCHEMAS).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Agreement agreement(String exchange) {
        return RealFiles.CATALOGUE.all().stream()
                .filter(each -> each.exchange().exchange().equals(exchange))
                .findFirst()
                .orElseThrow();
    }
}
