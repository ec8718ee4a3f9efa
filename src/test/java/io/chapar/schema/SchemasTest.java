package io.chapar.schema;

import io.chapar.message.Agreement.Entitlement;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SchemasTest {

    private static final Schemas SCHEMAS = Schemas.load(Path.of("schemas"));

    @Test
    void an_answer_has_a_schema_of_its_own() {
        ExchangeSchema lookup = SCHEMAS.of(new ExchangeVersion("person-lookup", "1.0"));
        assertThat(lookup.answer()).isPresent();
        assertThat(lookup.answer().orElseThrow().root()).isEqualTo("personLookupAnswer");
        assertThat(SCHEMAS.of(new ExchangeVersion("border-crossing", "1.0")).answer())
                .isEmpty();
    }

    @Test
    void a_pointer_tells_its_kind_of_value_and_none_where_the_schema_has_nothing() {
        DocumentSchema birth =
                SCHEMAS.of(new ExchangeVersion("birth-notification", "1.0")).message();
        assertThat(birth.kind("/child/birthDate")).contains(DocumentSchema.Kind.DATE);
        assertThat(birth.kind("/header/sentAt")).contains(DocumentSchema.Kind.DATE_TIME);
        assertThat(birth.kind("/child")).contains(DocumentSchema.Kind.RECORD);
        assertThat(birth.kind("/child/colour")).isEmpty();
    }

    @Test
    void what_a_filter_took_out_stays_out_in_xml() throws Exception {
        DocumentSchema consular =
                SCHEMAS.of(new ExchangeVersion("consular-registration", "1.0")).message();
        Fields all = consular.fields(
                HardenedJson.parse(Files.readAllBytes(Path.of("schemas/consular-registration/1.0/samples/full.json"))));
        Fields some = all.only(List.of("/header", "/attachment/contentId"));

        String xml = new String(consular.xml(some), StandardCharsets.UTF_8);

        assertThat(xml).contains("<contentId>").doesNotContain("<size>").doesNotContain("citizen");
        assertThat(consular.fields(HardenedXml.parse(consular.xml(some)))).isEqualTo(some);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2018-06-01T10:00:00.100+04:00",
                "2018-06-01T10:00:00.000Z",
                "2018-06-01T10:00:00+00:00",
                "2018-06-01T10:00:00Z",
            })
    void a_moment_comes_back_as_it_was_written(String written) throws Exception {
        DocumentSchema birth =
                SCHEMAS.of(new ExchangeVersion("birth-notification", "1.0")).message();
        Map<String, Object> sent = Map.of("header", Map.of("sentAt", written));

        Fields fields = birth.fields(HardenedXml.parse(birth.xml(birth.fields(sent))));

        assertThat(fields.root()).isEqualTo(sent);
    }

    @Test
    void seconds_are_written_even_when_they_are_zero() throws Exception {
        DocumentSchema birth =
                SCHEMAS.of(new ExchangeVersion("birth-notification", "1.0")).message();
        Map<String, Object> header = Map.of("sentAt", "2018-06-01T10:00:00+04:00");
        assertThat(new String(birth.xml(birth.fields(Map.of("header", header))), StandardCharsets.UTF_8))
                .contains("<sentAt>2018-06-01T10:00:00+04:00</sentAt>");
    }

    @Test
    void refused_when_a_told_document_holds_what_the_schema_does_not_have() {
        DocumentSchema birth =
                SCHEMAS.of(new ExchangeVersion("birth-notification", "1.0")).message();
        Told stranger = handler -> {
            var none = new org.xml.sax.helpers.AttributesImpl();
            handler.startDocument();
            handler.startElement("urn:x", "stranger", "stranger", none);
            handler.endElement("urn:x", "stranger", "stranger");
            handler.endDocument();
        };
        assertThatThrownBy(() -> birth.fields(stranger)).isInstanceOf(Unbindable.class);
    }

    @Test
    void refused_when_a_version_does_not_exist() {
        assertThat(SCHEMAS.find(new ExchangeVersion("birth-notification", "9.9")))
                .isEmpty();
        assertThatThrownBy(() -> SCHEMAS.of(new ExchangeVersion("birth-notification", "9.9")))
                .hasMessageContaining("birth-notification 9.9");
    }

    @Test
    void refused_when_an_xsd_reaches_outside_its_folder(@TempDir Path folder) throws Exception {
        Path version = Files.createDirectories(folder.resolve("schemas/birth-notification/1.0"));
        Files.writeString(folder.resolve("outside.xsd"), "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>");
        Files.writeString(
                version.resolve("birth-notification.xsd"),
                "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
                        + "<xs:include schemaLocation='../../../outside.xsd'/></xs:schema>");
        assertThatThrownBy(() -> Schemas.load(folder.resolve("schemas")))
                .hasMessageContaining("birth-notification.xsd")
                .hasMessageContaining("outside");
    }

    @Test
    void refused_when_the_json_schema_is_missing(@TempDir Path folder) throws Exception {
        Path version = Files.createDirectories(folder.resolve("birth-notification/1.0"));
        Files.writeString(
                version.resolve("birth-notification.xsd"), "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>");
        assertThatThrownBy(() -> Schemas.load(folder)).hasMessageContaining("birth-notification.schema.json");
    }

    @Test
    void a_caller_sees_its_fields_alone_and_never_the_nonce() {
        Fields answer = new Fields(Map.of(
                "header", Map.of("messageId", "a", "nonce", "b"),
                "found", true,
                "person", Map.of("familyName", "c", "status", "d")));
        Fields seen = EntitledFixture.visible(
                List.of(new Entitlement(java.util.Set.of("SBS"), List.of("/person/status"))), "SBS", answer);
        Fields unentitled = EntitledFixture.visible(List.of(), "SBS", answer);

        assertThat(seen.root())
                .isEqualTo(Map.of("header", Map.of("messageId", "a"), "found", true, "person", Map.of("status", "d")));
        assertThat(unentitled.root()).isEqualTo(Map.of("header", Map.of("messageId", "a"), "found", true));
    }
}
