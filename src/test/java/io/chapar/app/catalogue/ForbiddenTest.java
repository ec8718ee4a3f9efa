package io.chapar.app.catalogue;

import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.schema.FileSchema;
import io.chapar.trust.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each way to link the Ministry of Education and the State Migration Service (¶129) stops the start. */
class ForbiddenTest {

    private static final String FORBIDDEN = "CHAPAR-FORBIDDEN";
    private static final TestPki PKI = new TestPki("forbidden");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"readmission-case", "student-enrolment"})
    void the_two_exchanges_that_the_law_leaves_open_start(String exchange) throws IOException {
        assertThat(load(exchange, "agreement.yaml", agreement(exchange), List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a further receiver
                "readmission-case  | - party: MLSPP       | - party: SMS | ",
                // more than the law leaves open
                "readmission-case  | - /needs/education   | - /needs | shows /needs,",
                "readmission-case  | - /needs/education   | - /needs/medical | shows /needs/medical",
                "readmission-case  | - /needs/education   | - /returnedFrom | shows /returnedFrom",
                "readmission-case  | - /needs/education   | - /arrivalDate | shows /arrivalDate",
                "readmission-case  | - /needs/education   | - /person | shows /person,",
                "readmission-case  | - /needs/education   | - /person/maritalStatus | shows /person/maritalStatus",
                // what is not shown would be told by whether it comes
                "readmission-case  | field: /needs/education | field: /needs/social | tells this receiver",
                "readmission-case  | field: /needs/education, present: true | field: /returnedFrom, in: [DEU] | tells",
                // what could say anything
                "student-enrolment | orderingKey: optional | attachments: {mediaTypes: [application/pdf], maximumBytes: 9} | could say anything",
                "student-enrolment | format: json | mapping: copy.xsl, format: json | could write",
            })
    void forbidden_in_the_exchanges_that_are_open(String exchange, String sound, String broken, String why)
            throws IOException {
        String text = agreement(exchange);
        // the entry of ME is the last one, and what stands in it is what is broken
        int at = text.lastIndexOf(sound);
        String changed = text.substring(0, at)
                + broken.replace(", format", "\n    format")
                + text.substring(at + sound.length());
        assertThat(load(exchange, "agreement.yaml", changed, List.of()))
                .contains(FORBIDDEN)
                .contains(why == null ? "keeps apart" : why);
    }

    @Test
    void forbidden_when_an_open_exchange_would_become_a_question() throws IOException {
        String question = agreement("student-enrolment")
                        .replace("pattern: notify", "pattern: query")
                        .replaceAll("(?m)^priority:.*\n", "")
                + "purposes: [service]\nentitlements:\n  - {parties: [ME], fields: [/header]}\n";
        assertThat(load("student-enrolment", "agreement.yaml", question, List.of()))
                .contains(FORBIDDEN)
                .contains("use notify");
    }

    @ParameterizedTest
    @CsvSource({
        "readmission-case,  'senders: [SMS]', 'senders: [ME]',  '- party: ME',  '- party: SMS'",
        "student-enrolment, 'senders: [ME]',  'senders: [SMS]', '- party: SMS', '- party: ME'",
    })
    void forbidden_when_an_open_exchange_would_go_the_other_way(
            String exchange, String senders, String others, String receiver, String other) throws IOException {
        String turned = agreement(exchange).replace(senders, others).replace(receiver, other);
        assertThat(load(exchange, "agreement.yaml", turned, List.of()))
                .contains(FORBIDDEN)
                .contains("keeps apart");
    }

    @Test
    void forbidden_in_a_further_version_too() throws IOException {
        String further = agreement("readmission-case")
                .replaceFirst("version: \"1.0\"", "version: \"1.1\"")
                .replace("senders: [SMS]", "senders: [ME, SMS]")
                .replace("- party: MLSPP", "- party: SMS");
        assertThat(load("readmission-case", "agreement-1.1.yaml", further, List.of()))
                .contains("agreement-1.1.yaml")
                .contains(FORBIDDEN);
    }

    @Test
    void forbidden_when_a_group_holds_the_other_one() throws IOException {
        String grouped = agreement("health-card-registration").replace("senders: [MH]", "senders: [MINISTRIES]");
        assertThat(load("health-card-registration", "agreement.yaml", grouped, List.of()))
                .doesNotContain(FORBIDDEN);
        assertThat(load("health-card-registration", "agreement.yaml", grouped, List.of(party("ME", "MINISTRIES"))))
                .contains(FORBIDDEN);
    }

    @Test
    void forbidden_although_the_exchange_is_disabled() throws IOException {
        String linked = agreement("health-card-registration").replace("senders: [MH]", "senders: [MH, ME]");
        assertThat(load("health-card-registration", "agreement.yaml", linked, List.of()))
                .contains(FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({"SMS", "ME"})
    void forbidden_when_one_of_them_is_the_provider_of_the_other(String provider) throws IOException {
        String lookup = agreement("person-lookup").replace("- party: SPR", "- party: " + provider);
        assertThat(load("person-lookup", "agreement.yaml", lookup, List.of())).contains(FORBIDDEN);
    }

    @Test
    void forbidden_when_only_an_entitlement_names_the_other_one() throws IOException {
        String lookup = agreement("person-lookup")
                .replace("- party: SPR", "- party: SMS")
                .replaceFirst("senders: \\[.*]", "senders: [SBS]");
        assertThat(load("person-lookup", "agreement.yaml", lookup, List.of())).contains(FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        // what the one said would go to the other
        "SMS, birth-registration, ME, true",
        "ME, birth-registration, SMS, true",
        // that the one said nothing would be told to the other
        "ME, residence-permit, ME, true",
        "SMS, student-enrolment, SMS, true",
        "MH, residence-permit, ME, true",
        "SMS, student-enrolment, MJ, false",
        "MH, residence-permit, SMS, false",
        "ME, birth-registration, ME, false",
    })
    void forbidden_when_what_the_gateway_sends_would_link_them(
            String sender, String awaited, String receiver, boolean forbidden) throws IOException {
        String starts = agreement("birth-notification")
                .replace("senders: [MH]", "senders: [" + sender + "]")
                .replace(
                        "exchange: birth-registration, number: /child/identificationNumber",
                        "exchange: " + awaited + " ");
        assertThat(starts).contains("senders: [" + sender + "]").contains("exchange: " + awaited + " ");
        load(awaited, "agreement.yaml", agreement(awaited), List.of());
        load("birth-notification", "agreement.yaml", starts, List.of());
        String said = load(
                "birth-registration-overdue",
                "agreement.yaml",
                agreement("birth-registration-overdue").replace("- party: MJ", "- party: " + receiver),
                List.of());
        if (forbidden) {
            assertThat(said).contains(FORBIDDEN).contains("birth-notification").contains("/obligation/emits/exchange");
        } else {
            assertThat(said).doesNotContain(FORBIDDEN).doesNotContain("/obligation");
        }
    }

    @Test
    void forbidden_when_the_other_one_assigns_the_number_that_stops_what_the_gateway_sends() throws IOException {
        load("birth-registration", "agreement.yaml", agreement("birth-registration"), List.of());
        load("birth-notification", "agreement.yaml", agreement("birth-notification"), List.of());
        load(
                "birth-registration-overdue",
                "agreement.yaml",
                agreement("birth-registration-overdue").replace("- party: MJ", "- party: ME"),
                List.of());
        String assigns = agreement("identification-number-assigned");
        assertThat(load("identification-number-assigned", "agreement.yaml", assigns, List.of()))
                .doesNotContain(FORBIDDEN);
        assertThat(load(
                        "identification-number-assigned",
                        "agreement.yaml",
                        assigns.replace("senders: [SPR]", "senders: [SMS]"),
                        List.of()))
                .contains(FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "tls,  tls,  same",
        "sign, sign, same",
        "tls,  sign, same",
        "tls,  tls,  renewed",
        "sign, tls,  renewed",
    })
    void forbidden_when_another_entry_has_its_certificate_or_its_key(String mine, String others, String which)
            throws IOException {
        String entry = "  - {code: %s, name: x, channel: mailbox, certificates: {tls: [%s], signing: [%s]}}\n";
        String borrowed = mine + (which.equals("renewed") ? "-renewed" : "");
        Path file = Files.writeString(
                folder.resolve("parties.yaml"),
                "parties:\n"
                        + String.format(java.util.Locale.ROOT, entry, "ME", "tls", "sign")
                        + String.format(
                                java.util.Locale.ROOT,
                                entry,
                                "MT",
                                others.equals("tls") ? borrowed : "tls-of-another",
                                others.equals("sign") ? borrowed : "sign-of-another"));
        assertThatThrownBy(() -> new ReloadableParties(withCertificates(file)))
                .hasMessageContaining(FORBIDDEN)
                .hasMessageContaining("ME and MT");
    }

    @ParameterizedTest
    @CsvSource({
        "chapar.parties.MT.address, https://localhost:9443/ME/deliveries",
        "chapar.parties.MT.address, https://LOCALHOST:9443/x/../ME//deliveries/",
        "chapar.parties.MT.address, https://localhost:9443/%4DE/deliveries?for=MT#x",
        "chapar.parties.SPR.queries, https://localhost:9443/SMS/deliveries",
        "chapar.parties.ME.address, https://localhost:9443/SMS/deliveries",
        "chapar.parties.SMS.address, https://localhost:9443/MH/deliveries",
    })
    void forbidden_when_a_setting_gives_another_entry_its_address(String setting, String address) {
        PartyFile file = RealFiles.parties(Path.of("routes/parties.yaml"), Map.of(setting, address));
        assertThatThrownBy(() -> new ReloadableParties(file)).hasMessageContaining(FORBIDDEN);
    }

    @Test
    void two_others_may_share_an_address() {
        PartyFile file = RealFiles.parties(
                Path.of("routes/parties.yaml"),
                Map.of("chapar.parties.MT.address", "https://localhost:9443/MH/deliveries"));
        assertThatCode(() -> new ReloadableParties(file)).doesNotThrowAnyException();
    }

    @Test
    void forbidden_when_a_group_has_its_name() throws IOException {
        String parties =
                Files.readString(Path.of("routes/parties.yaml")).replace("groups: [HOTELS]", "groups: [HOTELS, ME]");
        Path file = Files.writeString(folder.resolve("parties.yaml"), parties);
        assertThatThrownBy(() -> new ReloadableParties(RealFiles.parties(file, Map.of())))
                .hasMessageContaining(FORBIDDEN)
                .hasMessageContaining("HOTEL-1");
    }

    @Test
    void a_new_directory_that_links_them_does_not_replace_the_old_one() throws IOException {
        Path file = Files.copy(Path.of("routes/parties.yaml"), folder.resolve("parties.yaml"));
        ReloadableParties parties = new ReloadableParties(RealFiles.parties(file, Map.of()));
        UnaryOperator<String> linked = text -> text.replace("/MT/deliveries", "/ME/deliveries");
        Files.writeString(file, linked.apply(Files.readString(file)));
        assertThat(parties.reload((all, digest) -> {})).isFalse();
        assertThat(parties.party(new PartyCode("MT")).orElseThrow().address().orElseThrow())
                .hasToString("https://localhost:9443/MT/deliveries");
    }

    private static String agreement(String exchange) throws IOException {
        return Files.readString(Path.of("routes", exchange, "agreement.yaml"));
    }

    private static Party party(String code, String group) {
        return new Party(
                new PartyCode(code),
                code,
                Set.of(group),
                List.of(),
                List.of(),
                Party.Channel.MAILBOX,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static PartyFile withCertificates(Path file) {
        TestPki.Identity tls = PKI.tls("ME");
        TestPki.Identity sign = PKI.signing("ME");
        Map<String, X509Certificate> certificates = Map.of(
                "tls", tls.certificate(),
                "sign", sign.certificate(),
                "tls-renewed", PKI.signing("MT", tls.keys()).certificate(),
                "sign-renewed", PKI.signing("MT", sign.keys()).certificate(),
                "tls-of-another", PKI.tls("MT").certificate(),
                "sign-of-another", PKI.signing("MT").certificate());
        return new PartyFile(
                file,
                new FileSchema(Path.of("schemas/parties.schema.json")),
                pem -> List.of(
                        Optional.ofNullable(certificates.get(pem.toString())).orElseThrow()),
                name -> Optional.empty(),
                text -> text);
    }

    /** What the start is refused with; empty when it is not. */
    private String load(String exchange, String name, String agreement, List<Party> further) throws IOException {
        Path routes = folder.resolve("routes");
        Files.writeString(Files.createDirectories(routes.resolve(exchange)).resolve(name), agreement);
        List<Party> parties = new ArrayList<>(RealFiles.PARTIES.all());
        parties.addAll(further);
        try {
            CatalogueLoader.load(routes, RealFiles.SCHEMAS, RealFiles.MAPPINGS, parties, RealFiles.LIMITS);
            return "";
        } catch (CatalogueRefused e) {
            return String.join("\n", e.complaints());
        }
    }
}
