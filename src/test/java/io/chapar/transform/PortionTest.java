package io.chapar.transform;

import io.chapar.app.catalogue.Passages;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A mapping may change what a receiver gets, and leave out more; it gives no field that was not agreed. */
class PortionTest {

    private static final ExchangeVersion BIRTH = new ExchangeVersion("birth-notification", "1.0");

    private final Agreement agreement = RealFiles.CATALOGUE.agreement(BIRTH).orElseThrow();
    private final Portion portion = new Portion(RealFiles.SCHEMAS, new Mappings(Path.of("schemas/code-lists")));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // where nothing was listed at all
                "/birthNotification/mother | <medicalInstitution><name>x</name></medicalInstitution> | /medicalInstitution",
                // beside what was listed
                "/birthNotification/mother/givenName | <givenName/><familyName>x</familyName> | /mother/familyName",
                // what the mapping read, under another name
                "/birthNotification/mother/givenName | <familyName><xsl:value-of select=\".\"/></familyName> | /mother/familyName",
                // deeper than what was listed
                "/birthNotification/mother/givenName | <identityDocument><number>x</number></identityDocument> | /mother/identityDocument",
            })
    void refused_when_it_gives_a_field_that_was_not_agreed(String instead, String given, String told) throws Exception {
        Refusal refusal = refused(instead, given, "/child", "/mother/givenName");

        assertThat(refusal.problem().code()).isEqualTo(ProblemCode.RULE);
        assertThat(refusal.problem().detail()).contains("made-up.xsl").contains(told + ",");
    }

    @Test
    void refused_when_it_gives_what_is_none_of_the_schema_or_stops() throws Exception {
        assertThat(refused("/birthNotification/child", "<colour>x</colour>", "/child")
                        .problem()
                        .detail())
                .contains("cannot bring it into the receiver's form");
        assertThat(refused("/birthNotification/child", "<xsl:message terminate=\"yes\">no</xsl:message>", "/child")
                        .problem()
                        .code())
                .isEqualTo(ProblemCode.RULE);
    }

    @Test
    void a_refusal_says_the_place_and_nothing_of_the_content() throws Exception {
        String given = "<familyName><xsl:value-of select=\".\"/></familyName>";
        assertThat(refused("/birthNotification/mother/givenName", given, "/mother/givenName")
                        .problem()
                        .detail())
                .doesNotContain(original().text("/mother/givenName").orElseThrow());
    }

    @Test
    void what_is_listed_and_what_only_the_gateway_sets_may_be_given() throws Exception {
        Receiver receiver = receiver(
                stylesheet("/birthNotification/mother", "<registrationDepartment>RD-BA-BIN</registrationDepartment>"),
                "/child",
                "/mother");

        Fields given = portion.of(agreement, receiver, original());

        assertThat(given.root().keySet()).containsExactlyInAnyOrder("header", "registrationDepartment", "child");
    }

    @Test
    void the_nonce_is_given_to_nobody_though_a_mapping_makes_one_up() throws Exception {
        Receiver receiver = receiver(
                stylesheet("/birthNotification/header/sender", "<sender>MH</sender><nonce>x</nonce>"), "/child");

        assertThat(portion.of(agreement, receiver, original()).at(Fields.NONCE)).isEmpty();
    }

    private Refusal refused(String instead, String given, String... fields) throws Exception {
        Receiver receiver = receiver(stylesheet(instead, given), fields);
        Fields original = original();
        return catchThrowableOfType(Refusal.class, () -> portion.of(agreement, receiver, original));
    }

    private static Receiver receiver(Path mapping, String... fields) {
        return new Receiver(
                new PartyCode("SPR"), Optional.empty(), List.of(fields), Format.JSON, "1.0", Optional.of(mapping));
    }

    /** Copies what it gets; in place of one element it gives others. */
    private Path stylesheet(String instead, String given) throws IOException {
        return Files.writeString(
                folder.resolve("made-up.xsl"),
                "<xsl:stylesheet version=\"3.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" xmlns=\""
                        + BIRTH.namespace() + "\" xpath-default-namespace=\"" + BIRTH.namespace()
                        + "\"><xsl:mode on-no-match=\"shallow-copy\"/><xsl:template match=\"" + instead + "\">" + given
                        + "</xsl:template></xsl:stylesheet>");
    }

    private static Fields original() throws Malformed {
        String sample = Passages.sample(BIRTH.exchange(), "full.json");
        return RealFiles.SCHEMAS
                .of(BIRTH)
                .message()
                .fields(HardenedJson.parse(sample.getBytes(StandardCharsets.UTF_8)));
    }
}
