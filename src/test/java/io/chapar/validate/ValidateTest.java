package io.chapar.validate;

import io.chapar.app.catalogue.Passages;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Violation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ValidateTest {

    private static final String BIRTH = "birth-notification";
    private static final Validate VALIDATE = new Validate(RealFiles.SCHEMAS);

    @Test
    void both_forms_give_the_same_header_and_fields() throws Exception {
        Passage.Validated xml = VALIDATE.apply(Passages.xml("MH", BIRTH, Passages.sample(BIRTH, "full.xml")));
        Passage.Validated json = VALIDATE.apply(Passages.json("MH", BIRTH, Passages.sample(BIRTH, "full.json")));
        assertThat(xml.header()).isEqualTo(json.header());
        assertThat(xml.fields()).isEqualTo(json.fields());
        assertThat(xml.header().sender().value()).isEqualTo("MH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"header\":{},\"header\":{}}", "{\"a\":1e999999999}"})
    void malformed_when_it_is_not_i_json(String document) {
        assertThat(refusal(Passages.json("MH", BIRTH, document)).code()).isEqualTo(ProblemCode.MALFORMED);
    }

    @Test
    void exchange_mismatch_before_schema_when_the_header_names_another_exchange_or_version() throws Exception {
        String json = Passages.sample(BIRTH, "full.json");
        String xml = Passages.sample(BIRTH, "full.xml");
        for (Passage.Verified wrong : java.util.List.of(
                Passages.json("MH", "border-crossing", json),
                Passages.json("MH", BIRTH, json.replace("\"1.0\"", "\"1.7\"")),
                Passages.json("MH", BIRTH, "{}"),
                Passages.json("MH", BIRTH, "{\"header\":7}"),
                Passages.xml("MH", "border-crossing", xml),
                Passages.xml("MH", BIRTH, xml.replace("<version>1.0<", "<version>1.7<")),
                Passages.xml("MH", BIRTH, xml.replace(":birth-notification:1.0", ":birth-notification:1.1")),
                Passages.xml(
                        "MH",
                        BIRTH,
                        xml.replace("<birthNotification", "<birth").replace("</birthNotification", "</birth")))) {
            assertThat(refusal(wrong).code()).isEqualTo(ProblemCode.EXCHANGE_MISMATCH);
        }
    }

    @Test
    void schema_with_the_place_and_without_the_value() throws Exception {
        Problem json = refusal(Passages.json(
                "MH",
                BIRTH,
                Passages.sample(BIRTH, "minimal.json").replaceAll("\"sex\": *\"[FM]\"", "\"sex\":\"Zx9\"")));
        Problem xml = refusal(
                Passages.xml("MH", BIRTH, Passages.sample(BIRTH, "minimal.xml").replaceAll("<sex>[FM]<", "<sex>Zx9<")));
        assertThat(json.code()).isEqualTo(ProblemCode.SCHEMA);
        assertThat(json.violations())
                .isEqualTo(xml.violations())
                .extracting(Violation::pointer)
                .containsExactly("/child/sex");
        assertThat(json.toString() + xml).doesNotContain("Zx9");
    }

    @Test
    void rule_when_a_correction_names_nothing_or_a_new_message_corrects() {
        String full = Passages.sample(BIRTH, "minimal.json");
        assertThat(rule(Passages.json("MH", BIRTH, full.replace("\"new\"", "\"correct\""))))
                .containsExactly("/header/corrects");
        assertThat(rule(Passages.json(
                        "MH",
                        BIRTH,
                        full.replace(
                                "\"action\": \"new\"",
                                "\"action\": \"new\", \"corrects\": \"7f0c2a51-2f0e-4b7e-9a65-0b5f3f6c8d01\""))))
                .containsExactly("/header/corrects");
    }

    @Test
    void attachments_that_are_as_the_document_says_are_accepted() throws Exception {
        VALIDATE.apply(consular(part("application/pdf", pdf())));
    }

    @Test
    void rule_when_an_attachment_is_missing_undeclared_altered_or_of_another_type() throws Exception {
        byte[] altered = pdf();
        altered[altered.length - 1] ^= 1;
        byte[] picture = pdf();
        picture[0] = 'X';
        assertThat(rule(consular())).containsExactly("/attachment/0/contentId");
        assertThat(rule(consular(part("application/pdf", altered)))).containsExactly("/attachment/0/digest");
        assertThat(rule(consular(part("application/pdf", picture))))
                .containsExactly("/attachment/0/digest", "/attachment/0/mediaType");
        assertThat(rule(consular(part("image/png", pdf())))).containsExactly("/attachment/0/mediaType");
        assertThat(rule(consular(part(
                        "application/pdf",
                        (new String(pdf(), StandardCharsets.ISO_8859_1) + "x").getBytes(StandardCharsets.ISO_8859_1)))))
                .containsExactly("/attachment/0/digest", "/attachment/0/size");
        assertThat(rule(consular(
                        part("application/pdf", pdf()), new Passage.Attachment("stranger", "application/pdf", pdf()))))
                .containsExactly("/attachment");
        assertThat(rule(consular(part("application/pdf", pdf()), part("application/pdf", pdf()))))
                .containsExactly("/attachment");
    }

    private static Passage.Verified consular(Passage.Attachment... parts) {
        return Passages.json(
                "MFA-ISTANBUL", "consular-registration", Passages.sample("consular-registration", "full.json"), parts);
    }

    private static Passage.Attachment part(String mediaType, byte[] bytes) {
        String sample = Passages.sample("consular-registration", "full.json");
        String id = sample.replaceAll("(?s).*\"contentId\": *\"([^\"]+)\".*", "$1");
        return new Passage.Attachment(id, mediaType, bytes);
    }

    private static byte[] pdf() throws Exception {
        return Files.readAllBytes(
                Path.of("schemas/consular-registration/1.0/samples/attachments/certificate-of-employment.pdf"));
    }

    private static java.util.List<String> rule(Passage.Verified passage) {
        Problem problem = refusal(passage);
        assertThat(problem.code()).isEqualTo(ProblemCode.RULE);
        return problem.violations().stream().map(Violation::pointer).toList();
    }

    private static Problem refusal(Passage.Verified passage) {
        return catchThrowableOfType(Refusal.class, () -> VALIDATE.apply(passage))
                .problem();
    }
}
