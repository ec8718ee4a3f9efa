package io.chapar.transform;

import io.chapar.app.catalogue.Passages;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.app.catalogue.ReloadableParties;
import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.schema.Told;
import io.chapar.trust.HardenedJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.helpers.AttributesImpl;
import org.xml.sax.helpers.DefaultHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TransformTest {

    private static final String BIRTH = "birth-notification";
    private static final Transform TRANSFORM =
            new Transform(RealFiles.CATALOGUE, RealFiles.SCHEMAS, RealFiles.MAPPINGS, RealFiles.PARTIES);

    @Test
    void justice_gets_xml_with_the_department_in_charge_whatever_was_sent() throws Exception {
        String fromJson = text(TRANSFORM.apply(due("MJ", Format.JSON, Passages.sample(BIRTH, "full.json"))));
        String fromXml = text(TRANSFORM.apply(due("MJ", Format.XML, Passages.sample(BIRTH, "full.xml"))));
        assertThat(fromJson)
                .isEqualTo(fromXml)
                .contains("<registrationDepartment>RD-")
                .doesNotContain("nonce");
    }

    @Test
    void the_register_gets_json_with_its_fields_alone() throws Exception {
        Dispatch.Transformed transformed = TRANSFORM.apply(due("SPR", Format.XML, Passages.sample(BIRTH, "full.xml")));
        Map<String, Object> json = HardenedJson.parse(transformed.document());
        assertThat(transformed.format()).isEqualTo(Format.JSON);
        assertThat(json.keySet()).containsExactly("header", "child", "mother");
        assertThat(String.valueOf(json.get("header"))).doesNotContain("nonce=").contains("messageId=");
    }

    @Test
    void a_receiver_on_soap_gets_its_fields_in_xml_though_its_agreement_says_json() throws Exception {
        PartyDirectory soap = new ReloadableParties(
                RealFiles.parties(Path.of("routes/parties.yaml"), Map.of("chapar.parties.SPR.channel", "soap")));
        Transform transform = new Transform(RealFiles.CATALOGUE, RealFiles.SCHEMAS, RealFiles.MAPPINGS, soap);

        Dispatch.Transformed transformed =
                transform.apply(due("SPR", Format.JSON, Passages.sample(BIRTH, "full.json")));

        assertThat(transformed.format()).isEqualTo(Format.XML);
        assertThat(text(transformed)).contains("<birthNotification ").doesNotContain("medicalInstitution");
    }

    @Test
    void a_signature_is_not_part_of_what_is_given_on() throws Exception {
        String signed = Passages.sample(BIRTH, "full.xml")
                .replace(
                        "</birthNotification>",
                        "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/></birthNotification>");
        assertThat(text(TRANSFORM.apply(due("MJ", Format.XML, signed)))).doesNotContain("Signature");
    }

    @Test
    void what_came_by_soap_is_taken_out_of_its_envelope() throws Exception {
        String body = Passages.sample(BIRTH, "full.xml").replaceFirst("<\\?xml[^>]*>", "");
        String envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header/><s:Body>" + body
                + "</s:Body></s:Envelope>";
        assertThat(text(TRANSFORM.apply(due("MJ", Format.XML, Passage.Door.SOAP, envelope))))
                .isEqualTo(text(TRANSFORM.apply(due("MJ", Format.XML, Passages.sample(BIRTH, "full.xml")))));
    }

    @Test
    void refused_when_the_receiver_is_none_of_the_agreement_or_the_copy_cannot_be_read() {
        assertThat(code(due("SMS", Format.JSON, Passages.sample(BIRTH, "full.json"))))
                .isEqualTo(ProblemCode.RULE);
        assertThat(code(due("MJ", Format.JSON, "{"))).isEqualTo(ProblemCode.RULE);
        assertThat(code(due("MJ", Format.XML, "<a"))).isEqualTo(ProblemCode.RULE);
        assertThat(code(due("MJ", Format.XML, Passage.Door.SOAP, "<a/>"))).isEqualTo(ProblemCode.RULE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "doc('file:///etc/hostname')",
                "doc('code-list:none')",
                "unparsed-text('file:///etc/hostname')",
                "collection('file:///etc')",
                "json-doc('file:///etc/hostname')",
                "string-length(environment-variable('PATH')) div 0",
                "system-property('user.home') cast as xs:integer",
            })
    void a_mapping_that_reaches_out_fails(String expression, @TempDir Path folder) throws Exception {
        Path mapping = stylesheet(folder, "<a><xsl:value-of select=\"" + expression + "\"/></a>");
        Mappings mappings = new Mappings(Path.of("schemas/code-lists"));
        assertThatThrownBy(() -> {
                    mappings.compile(mapping);
                    mappings.apply(mapping, document()).to(new DefaultHandler());
                })
                .isInstanceOf(Exception.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<xsl:value-of select=\"r:getRuntime()\" xmlns:r=\"java:java.lang.Runtime\"/>",
                "<xsl:evaluate xpath=\"'1'\"/>",
                "<xsl:result-document href=\"file:///tmp/chapar-must-not-be.xml\"><a/></xsl:result-document>",
                "<xsl:message terminate=\"yes\">no</xsl:message>",
            })
    void a_mapping_that_calls_writes_or_stops_fails(String instruction, @TempDir Path folder) throws Exception {
        Path mapping = stylesheet(folder, "<a>" + instruction + "</a>");
        Mappings mappings = new Mappings(Path.of("schemas/code-lists"));
        assertThatThrownBy(() -> {
                    mappings.compile(mapping);
                    mappings.apply(mapping, document()).to(new DefaultHandler());
                })
                .isInstanceOf(Exception.class);
        assertThat(Path.of("/tmp/chapar-must-not-be.xml")).doesNotExist();
    }

    @Test
    void refused_at_start_when_a_mapping_includes_another_file(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("other.xsl"), "<xsl:stylesheet version=\"3.0\"/>");
        Path mapping = Files.writeString(
                folder.resolve("m.xsl"),
                "<xsl:stylesheet version=\"3.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">"
                        + "<xsl:include href=\"other.xsl\"/></xsl:stylesheet>");
        Mappings mappings = new Mappings(Path.of("schemas/code-lists"));
        assertThatThrownBy(() -> mappings.compile(mapping)).hasMessageContaining("m.xsl");
    }

    @Test
    void whom_a_correction_no_longer_selects_learns_from_the_header_which_message_does_not_hold() throws Exception {
        String labour = "labour-contract-notification";
        String corrected = Passages.sample(labour, "full.json")
                .replace("\"action\": \"new\"", "\"action\": \"correct\", \"corrects\": \"" + UUID.randomUUID() + "\"");
        String ofCitizen = corrected.replace("\"nationality\": \"TUR\"", "\"nationality\": \"AZE\"");
        assertThat(ofCitizen).isNotEqualTo(corrected);

        assertThat(HardenedJson.parse(TRANSFORM
                                .apply(due(labour, "SMS", Format.JSON, Passage.Door.REST, corrected))
                                .document())
                        .keySet())
                .contains("employee");
        assertThat(HardenedJson.parse(TRANSFORM
                                .apply(due(labour, "SMS", Format.JSON, Passage.Door.REST, ofCitizen))
                                .document())
                        .keySet())
                .containsExactly("header");
    }

    private static Path stylesheet(Path folder, String content) throws Exception {
        return Files.writeString(
                folder.resolve("m.xsl"),
                "<xsl:stylesheet version=\"3.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\""
                        + " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">"
                        + "<xsl:template match=\"/\">" + content + "</xsl:template></xsl:stylesheet>");
    }

    private static Told document() {
        return handler -> {
            handler.startDocument();
            handler.startElement("", "a", "a", new AttributesImpl());
            handler.endElement("", "a", "a");
            handler.endDocument();
        };
    }

    private static Dispatch.Due due(String receiver, Format format, String document) {
        return due(receiver, format, Passage.Door.REST, document);
    }

    private static Dispatch.Due due(String receiver, Format format, Passage.Door door, String document) {
        return due(BIRTH, receiver, format, door, document);
    }

    private static Dispatch.Due due(
            String exchange, String receiver, Format format, Passage.Door door, String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        return new Dispatch.Due(
                UUID.randomUUID(),
                1,
                new PartyCode(receiver),
                UUID.randomUUID(),
                new PartyCode("MH"),
                new ExchangeVersion(exchange, "1.0"),
                Optional.empty(),
                door,
                format,
                bytes,
                Digest.of(bytes),
                List.of(),
                Instant.EPOCH,
                0);
    }

    private static String text(Dispatch.Transformed transformed) {
        return new String(transformed.document(), StandardCharsets.UTF_8);
    }

    private static ProblemCode code(Dispatch.Due due) {
        return catchThrowableOfType(Refusal.class, () -> TRANSFORM.apply(due))
                .problem()
                .code();
    }
}
