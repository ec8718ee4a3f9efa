package io.chapar.app.catalogue;

import io.chapar.accept.AttachmentLimits;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each thing that could not be enforced stops the start, with the file, the line and what to do. */
class StartRefusedTest {

    private static final String SOUND = """
            exchange: birth-notification
            version: "1.0"
            title: Births
            pattern: notify
            basis: report
            paragraphs: [137]
            validFrom: "2018-01-01"
            approvedBy: nobody
            senders: [MH]
            receivers:
              - party: SPR
                when: {field: /child/sex, in: [F]}
                fields: [/child]
                format: json
                version: "1.0"
            gatewaySets: [/registrationDepartment]
            deadline: {from: /child/birthDate, length: 1, unit: months, duty: MH}
            priority: 4
            classification: normal
            retention: P5Y
            """;

    @TempDir
    Path routes;

    private AttachmentLimits limits = RealFiles.LIMITS;

    @Test
    void a_sound_agreement_starts() throws IOException {
        assertThat(load("birth-notification", "agreement.yaml", SOUND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "senders: [MH]              | senders: [XX]             | 9  | neither party nor group",
                "party: SPR                 | party: CONSULATES         | 11 | no party of parties.yaml",
                "fields: [/child]           | fields: [/child/colour]   | 13 | not in the schema",
                "field: /child/sex          | field: /sex               | 12 | not in the schema",
                "in: [F]                    | in: [F, Q]                | 12 | names Q, which the schema does not have",
                "in: [F]                    | notIn: [f]                | 12 | names f, which the schema does not have",
                "gatewaySets: [/registrationDepartment] | gatewaySets: [/office] | 16 | not in the schema",
                "from: /child/birthDate     | from: /child/sex          | 17 | date or dateTime",
                "duty: MH                   | duty: NOBODY              | 17 | neither party nor group",
                "format: json               | format: csv               | 14 | must be",
                "priority: 4                | priority: 11              | 18 | must be",
                "priority: 4                | urgency: 4                | 18 | not in the schema",
                "retention: P5Y             | retention: five           | 20 | must be",
                "title: Births              | title: Births\\npattern: notify | 5 | twice",
                "title: Births              | title: [Births            | 4  | not YAML",
                "exchange: birth-notification | exchange: border-crossing | 1 | name of its folder",
                "validFrom: `2018-01-01`    | validFrom: `2018-02-30`   | 1  | does not exist",
                "approvedBy: nobody         | approvedBy: nobody\\nvalidUntil: `2017-01-01` | 9 | ends before it begins",
                "retention: P5Y             | retention: P5Y\\nbulk: perhaps | 21 | must be",
                "pattern: notify            | pattern: emit\\nbulk: true | 5 | remove it",
                "retention: P5Y             | retention: P5Y\\nattachments: {mediaTypes: [text/html], maximumBytes: 5} | 21 | cannot recognise",
            })
    void refused_with_file_line_and_remedy(String sound, String broken, int line, String remedy) throws IOException {
        String text = SOUND.replace(quoted(sound), quoted(broken));
        assertThat(text).isNotEqualTo(SOUND);
        assertThat(load("birth-notification", "agreement.yaml", text))
                .contains("agreement.yaml:" + line + ":")
                .contains(remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{from: /child/birthDate, length: 1, unit: months, duty: MH} | always counts",
                "{when: {field: /sex, in: [F]}, from: /child/birthDate, length: 1, unit: months, duty: MH} | not in the schema",
                "{when: {field: /child/sex, in: [Q]}, from: /child/birthDate, length: 1, unit: months, duty: MH} | names Q, which the schema does not have",
                "{when: {field: /child/sex, in: [F]}, from: /child/sex, length: 1, unit: months, duty: MH} | date or dateTime",
                "{when: {field: /child/sex}, from: /child/birthDate, length: 1, unit: months, duty: MH} | /deadline",
            })
    void refused_when_one_of_several_terms_cannot_count(String first, String remedy) throws IOException {
        String last = "{from: /child/birthDate, length: 2, unit: months, duty: MH}";
        assertThat(load("birth-notification", "agreement.yaml", terms(first, last)))
                .contains("agreement.yaml:18:")
                .contains(remedy);
    }

    @Test
    void several_terms_start_when_only_the_last_has_no_condition() throws IOException {
        String first =
                "{when: {field: /child/sex, in: [F]}, from: /child/birthDate, length: 1, unit: months, duty: MH}";
        String last = "{from: /child/birthDate, length: 2, unit: months, duty: MH}";
        assertThat(load("birth-notification", "agreement.yaml", terms(first, last)))
                .isEmpty();
        assertThat(load("birth-notification", "agreement.yaml", terms(first, first + "\n  - " + last)))
                .isEmpty();
    }

    private static final String OBLIGATION =
            "obligation: {from: /child/birthDate, length: 1, unit: months, duty: CITIZEN, awaits: [{exchange:"
                    + " birth-registration, number: /child/identificationNumber}], emits: {exchange:"
                    + " birth-registration-overdue, version: \"1.0\", fields: {/lastDay: lastDay, /birthDate:"
                    + " /child/birthDate}}}\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from: /child/birthDate   | from: /child/sex     | date or dateTime",
                "length: 1                | length: 0            | must be",
                "duty: CITIZEN            | duty: NOBODY         | neither party nor group",
                "exchange: birth-registration, | exchange: marriage, | no folder in schemas",
                "number: /child/identificationNumber | number: /child/colour | not in the schema of birthRegistration",
                "number: /child           | matches: {/child/colour: /child/sex}, number: /child | /child/colour",
                "number: /child           | matches: {/child/sex: /child/sex}, number: /child | by one of them",
                "exchange: birth-registration-overdue | exchange: birth-registration | pattern emit",
                "/lastDay: lastDay        | /lastDay: tomorrow   | must be",
                "/lastDay: lastDay        | /firstDay: lastDay   | not in the schema of birthRegistrationOverdue",
                "/birthDate: /child/birthDate | /birthDate: /child/colour | /child/colour",
                "number: /child/identificationNumber | number: /child | record or a list",
                "number: /child/identificationNumber | matches: {/child: /child/sex} | record or a list",
                "number: /child/identificationNumber | matches: {/child/sex: /child} | record or a list",
                "exchange: birth-registration, number: /child/identificationNumber | exchange: border-crossing, when: {field: /direction, in: [exit, out]} | names out, which",
                "exchange: birth-registration, number: /child/identificationNumber | exchange: border-crossing | no agreement with the pattern notify",
                "exchange: birth-registration, number: /child/identificationNumber | exchange: person-lookup | no agreement with the pattern notify",
                "exchange: birth-registration, number: /child/identificationNumber | exchange: birth-registration-overdue | no agreement with the pattern notify",
            })
    void refused_when_what_must_follow_cannot(String sound, String broken, String remedy) throws IOException {
        String text = OBLIGATION.replace(sound, broken);
        assertThat(text).isNotEqualTo(OBLIGATION);
        for (String other : List.of("birth-registration", "birth-registration-overdue", "person-lookup")) {
            load(other, "agreement.yaml", Files.readString(Path.of("routes", other, "agreement.yaml")));
        }
        assertThat(load("birth-notification", "agreement.yaml", SOUND + OBLIGATION))
                .doesNotContain("/obligation");
        assertThat(load("birth-notification", "agreement.yaml", SOUND + text))
                .contains("agreement.yaml:21:")
                .contains(remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "birth-registration-overdue | assigns: /birthNotificationId",
                "birth-registration-overdue | obligation: {from: /birthDate, length: 1, unit: months, duty: CITIZEN, awaits: [{exchange: birth-registration}]}",
                "person-lookup | assigns: /document/number",
            })
    void refused_when_something_would_follow_what_no_party_sends_or_what_is_asked(String exchange, String following)
            throws IOException {
        String text = Files.readString(Path.of("routes", exchange, "agreement.yaml")) + following + "\n";
        assertThat(load(exchange, "agreement.yaml", text)).contains("is for what has the pattern notify");
    }

    @Test
    void refused_when_the_gateway_would_receive() throws IOException {
        assertThat(load("birth-notification", "agreement.yaml", SOUND.replace("party: SPR", "party: CHAPAR")))
                .contains(":10:")
                .contains("to which nothing is delivered");
    }

    @Test
    void refused_when_a_party_sends_what_the_gateway_sends_or_the_gateway_anything_else() throws IOException {
        assertThat(load("birth-notification", "agreement.yaml", SOUND.replace("pattern: notify", "pattern: emit")))
                .contains("CHAPAR alone");
        assertThat(load("birth-notification", "agreement.yaml", SOUND.replace("[MH]", "[MH, CHAPAR]")))
                .contains("only what has the pattern emit");
    }

    @Test
    void refused_when_what_is_assigned_is_not_there() throws IOException {
        assertThat(load("birth-notification", "agreement.yaml", SOUND + "assigns: /child/number\n"))
                .contains(":21:")
                .contains("not in the schema");
    }

    @Test
    void refused_when_the_mapping_is_missing_or_does_not_compile() throws IOException {
        String mapped = SOUND.replace("    format: json", "    mapping: to-spr.xsl\n    format: json");
        assertThat(load("birth-notification", "agreement.yaml", mapped)).contains("not in this folder");
        Files.writeString(routes.resolve("birth-notification/to-spr.xsl"), "<xsl:stylesheet/>");
        assertThat(load("birth-notification", "agreement.yaml", mapped)).contains("cannot be used");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<mother><givenName>x</givenName></mother> | gives /mother, which the agreement does not list",
                "<colour>x</colour> | cannot bring it into the receiver's form",
                "<xsl:message terminate='yes'>no</xsl:message> | cannot bring it into the receiver's form",
            })
    void refused_when_the_samples_show_that_the_mapping_does_not_do_what_was_agreed(String given, String told)
            throws IOException {
        String namespace = "urn:chapar:birth-notification:1.0";
        String mapped = SOUND.replace("    format: json", "    mapping: to-spr.xsl\n    format: json");
        Files.writeString(
                Files.createDirectories(routes.resolve("birth-notification")).resolve("to-spr.xsl"),
                "<xsl:stylesheet version='3.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns='" + namespace
                        + "' xpath-default-namespace='" + namespace
                        + "'><xsl:mode on-no-match='shallow-copy'/><xsl:template match='/birthNotification'><xsl:copy>"
                        + "<xsl:apply-templates/>" + given + "</xsl:copy></xsl:template></xsl:stylesheet>");

        assertThat(load("birth-notification", "agreement.yaml", mapped))
                .contains("agreement.yaml:14:")
                .contains("with the sample ")
                .contains("to-spr.xsl")
                .contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10485759 | 220200960 | at most 5 of them, and chapar.attachments.largest lets each have 10485759",
                "52428800 | 53477376 | chapar.attachments.largest-together leaves 52428799",
            })
    void refused_when_it_allows_more_attachments_than_the_gateway_takes(long largest, long together, String told)
            throws IOException {
        String agreement = Files.readString(Path.of("routes/consular-registration/agreement.yaml"));
        assertThat(load("consular-registration", "agreement.yaml", agreement)).isEmpty();
        limits = new AttachmentLimits((1 << 20) + 1, largest, together);

        assertThat(load("consular-registration", "agreement.yaml", agreement))
                .contains("/attachments/maximumBytes allows 52428800 bytes")
                .contains(told);

        limits = new AttachmentLimits(1 << 20, 10_485_760, 53_477_376);
        assertThat(load("consular-registration", "agreement.yaml", agreement)).isEmpty();
    }

    @Test
    void refused_when_a_query_has_a_priority_that_nothing_would_follow() throws IOException {
        String agreement = Files.readString(Path.of("routes/person-lookup/agreement.yaml"));
        assertThat(load("person-lookup", "agreement.yaml", agreement)).isEmpty();

        assertThat(load("person-lookup", "agreement.yaml", agreement + "priority: 9\n"))
                .contains("agreement.yaml:" + (agreement.lines().count() + 1) + ":")
                .contains("/priority");
    }

    @Test
    void refused_when_a_notification_has_no_priority() throws IOException {
        assertThat(load("birth-notification", "agreement.yaml", SOUND.replace("priority: 4\n", "")))
                .contains("agreement.yaml:")
                .contains("priority");
    }

    @Test
    void refused_when_it_allows_attachments_that_the_schema_could_not_name() throws IOException {
        assertThat(load(
                        "birth-notification",
                        "agreement.yaml",
                        SOUND + "attachments: {mediaTypes: [application/pdf], maximumBytes: 5}\n"))
                .contains(":21:")
                .contains("no attachment that would name them");
    }

    @Test
    void refused_when_the_receivers_version_does_not_exist() throws IOException {
        String other = SOUND.replace("    version: \"1.0\"", "    version: \"7.0\"");
        assertThat(load("birth-notification", "agreement.yaml", other))
                .contains(":15:")
                .contains("no schema");
    }

    @Test
    void refused_when_two_agreements_are_about_one_version() throws IOException {
        load("birth-notification", "agreement.yaml", SOUND);
        assertThat(load("birth-notification", "agreement-1.0.yaml", SOUND)).contains("second agreement");
    }

    @Test
    void refused_when_the_version_has_no_schema_or_the_file_another_name() throws IOException {
        String next = SOUND.replaceFirst("version: \"1.0\"", "version: \"2.0\"");
        assertThat(load("birth-notification", "agreement-3.0.yaml", next))
                .contains("agreement-2.0.yaml")
                .contains("no folder in schemas");
    }

    @Test
    void refused_when_a_folder_holds_no_agreement() throws IOException {
        Files.createDirectories(routes.resolve("border-crossing"));
        assertThat(message()).contains("border-crossing").contains("agreement.yaml");
    }

    @Test
    void refused_when_a_query_asks_two_or_one_that_cannot_answer() throws IOException {
        String query = Files.readString(Path.of("routes/person-lookup/agreement.yaml"));
        String mute = query.replace("- party: SPR", "- party: MJ");
        assertThat(load("person-lookup", "agreement.yaml", mute)).contains("no address for queries");
        String two = query.replace(
                "purposes:", "  - {party: MJ, fields: [/document], format: xml, version: \"1.0\"}\npurposes:");
        assertThat(load("person-lookup", "agreement.yaml", two)).contains("/receivers");
    }

    @ParameterizedTest
    @CsvSource({"[ME], SMS, MJ", "[SMS], ME, MJ", "[MH], ME, SMS"})
    void forbidden_when_education_and_migration_would_be_linked(String senders, String one, String other)
            throws IOException {
        String linked = SOUND.replace("[MH]", senders)
                .replace("party: SPR", "party: " + one)
                .replace(
                        "gatewaySets:",
                        "  - {party: " + other + ", fields: [/child], format: xml, version: \"1.0\"}\n"
                                + "gatewaySets:");
        assertThat(load("birth-notification", "agreement.yaml", linked))
                .contains("CHAPAR-FORBIDDEN")
                .contains(":10:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "senders: [ACD, | senders: [ME, ACD,",
                "parties: [MT]  | parties: [MT, ME]",
                "party: SMS     | party: ME",
            })
    void forbidden_when_education_would_ask_for_a_status_or_answer_about_one(String lawful, String forbidden)
            throws IOException {
        String lookup = Files.readString(Path.of("routes/migration-status-lookup/agreement.yaml"));
        assertThat(load("migration-status-lookup", "agreement.yaml", lookup)).isEmpty();
        boolean asked = !forbidden.startsWith("party:");
        String agreement = lookup.replace(lawful, forbidden);
        assertThat(agreement).isNotEqualTo(lookup);
        assertThat(load(
                        "migration-status-lookup",
                        "agreement.yaml",
                        asked ? agreement : agreement.replace("senders: [ACD,", "senders: [SMS, ACD,")))
                .contains("CHAPAR-FORBIDDEN");
    }

    @Test
    void a_setting_takes_a_party_to_another_channel() {
        PartyFile file = RealFiles.parties(
                Path.of("routes/parties.yaml"),
                Map.of("chapar.parties.SPR.channel", "mailbox", "chapar.parties.MJ.address", "https://elsewhere/MJ"));
        ReloadableParties parties = new ReloadableParties(file);
        assertThat(parties.party(new PartyCode("SPR")).orElseThrow().channel()).isEqualTo(Party.Channel.MAILBOX);
        assertThat(parties.party(new PartyCode("MJ")).orElseThrow().address().orElseThrow())
                .hasToString("https://elsewhere/MJ");
    }

    @Test
    void refused_when_a_setting_names_no_channel() {
        PartyFile file =
                RealFiles.parties(Path.of("routes/parties.yaml"), Map.of("chapar.parties.SPR.channel", "pigeon"));
        assertThatThrownBy(file::read)
                .isInstanceOf(CatalogueRefused.class)
                .hasMessageContaining("chapar.parties.SPR.channel");
    }

    @Test
    void a_broken_new_directory_does_not_replace_the_old_one() throws IOException {
        Path file = Files.copy(Path.of("routes/parties.yaml"), routes.resolve("parties.yaml"));
        ReloadableParties parties = new ReloadableParties(RealFiles.parties(file, Map.of()));
        int before = parties.all().size();

        Files.writeString(file, "parties: [{code: SPR}]");
        assertThat(parties.reload((all, digest) -> {})).isFalse();
        assertThat(parties.all()).hasSize(before);

        Files.writeString(
                file,
                "parties: [{code: SPR, name: Register, channel: mailbox, certificates: {tls: [a], signing: [b]}}]");
        assertThat(parties.reload((all, digest) -> {})).isTrue();
        assertThat(parties.all()).hasSize(1);
    }

    @Test
    void refused_when_a_party_stands_twice() throws IOException {
        String entry = "{code: SPR, name: Register, channel: mailbox, certificates: {tls: [a], signing: [b]}}";
        Path file = Files.writeString(routes.resolve("parties.yaml"), "parties:\n  - " + entry + "\n  - " + entry);
        PartyFile parties = RealFiles.parties(file, Map.of());
        assertThatThrownBy(parties::read)
                .hasMessageContaining("parties.yaml:3:")
                .hasMessageContaining("twice");
    }

    private static String terms(String first, String last) {
        return SOUND.replaceFirst("deadline: .*", "deadline:\n  - " + first + "\n  - " + last);
    }

    private static String quoted(String text) {
        return text.strip().replace('`', '"').replace("\\n", "\n");
    }

    /** What the start is refused with; empty when it is not. */
    private String load(String folder, String name, String agreement) throws IOException {
        Files.writeString(Files.createDirectories(routes.resolve(folder)).resolve(name), agreement);
        return message();
    }

    private String message() {
        try {
            CatalogueLoader.load(routes, RealFiles.SCHEMAS, RealFiles.MAPPINGS, RealFiles.PARTIES.all(), limits);
            return "";
        } catch (CatalogueRefused e) {
            return String.join("\n", e.complaints());
        }
    }
}
