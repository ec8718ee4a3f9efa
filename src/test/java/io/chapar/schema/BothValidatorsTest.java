package io.chapar.schema;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Violation;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;

/** The same instance in both forms: both validators accept it, or both refuse it at the same place. */
class BothValidatorsTest {

    private static final Schemas SCHEMAS = Schemas.load(Path.of("schemas"));
    private static final String SECRET = "Secretname7";

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            quoteCharacter = '"',
            value = {
                "birth-notification, /child/sex, F, true",
                "birth-notification, /child/sex, X, true",
                "birth-notification, /child/sex, Q, false",
                "birth-notification, /child/sex, \"\", false",
                "birth-notification, /child/sex, absent, false",
                "birth-notification, /child/birthDate, 2020-02-29, true",
                "birth-notification, /child/birthDate, 2019-02-29, false",
                "birth-notification, /child/birthDate, 2018-04-31, false",
                "birth-notification, /child/birthDate, 2018-13-01, false",
                "birth-notification, /child/birthDate, 2018-06-01Z, false",
                "birth-notification, /child/birthDate, 20180601, false",
                "birth-notification, /child/birthDate, 12018-06-01, false",
                "birth-notification, /header/sentAt, 2018-06-01T10:00:00Z, true",
                "birth-notification, /header/sentAt, 2018-06-01T10:00:00.123456789+04:00, true",
                "birth-notification, /header/sentAt, 2018-06-01T10:00:00, false",
                "birth-notification, /header/sentAt, 2018-06-01T10:00Z, false",
                "birth-notification, /header/sentAt, 2018-06-01T24:00:00Z, false",
                "birth-notification, /header/sentAt, 2018-06-30T23:59:60Z, false",
                "birth-notification, /header/sentAt, 2018-02-30T10:00:00Z, false",
                "birth-notification, /header/sentAt, 2018-06-01T10:00:00+15:00, false",
                "birth-notification, /header/sentAt, 2018-06-01T10:00:00+00:00, true",
                "birth-notification, /header/sentAt, 2018-06-01T10:00:00-00:00, false",
                "birth-notification, /header/sentAt, 2018-06-01T10:00:00-00:01, true",
                "birth-notification, /header/messageId, 7f0c2a51-2f0e-4b7e-9a65-0b5f3f6c8d01, true",
                "birth-notification, /header/messageId, 7F0C2A51-2F0E-4B7E-9A65-0B5F3F6C8D01, false",
                "birth-notification, /header/messageId, 7f0c2a51, false",
                "birth-notification, /header/nonce, tooShort, false",
                "birth-notification, /header/nonce, absent, false",
                "birth-notification, /header/action, new, true",
                "birth-notification, /header/action, renew, false",
                "birth-notification, /header/sender, mh, false",
                "birth-notification, /header/orderingKey, a key, true",
                "birth-notification, /header/orderingKey, \" a key\", false",
                "birth-notification, /mother/familyName, Məmmədova-Əliyeva, true",
                "birth-notification, /mother/familyName, " + SECRET + ", false",
                "birth-notification, /mother/familyName, absent, false",
                "birth-notification, /mother/nationality, AZ, false",
                "birth-notification, /mother/nationality, XXA, true",
                "birth-notification, /medicalInstitution/region, nowhere, false",
                "border-crossing, /direction, entry, true",
                "trafficking-referral, /informed, 1, false",
                "border-crossing, /direction, through, false",
                "border-crossing, /crossedAt, 2018-06-01, false",
                "border-crossing, /travelDocument/number, \"no spaces\", false",
                "consular-registration, /registrationDate, yesterday, false",
                "consular-registration, /contact/emailAddress, nobody, false",
                "person-lookup, /header/purpose, absent, false",
                "travel-restriction, /exitRestriction/imposed/ground, unpaid-fine, false",
                "travel-restriction, /exitRestriction/imposed/ground, absent, false",
                "travel-restriction, /exitRestriction/imposed/until, absent, true",
                "travel-restriction, /decisionNumber, XR 93, false",
                "travel-restriction, /person/givenName, absent, true",
                "travel-restriction-check, /direction, through, false",
                "travel-restriction-check, /header/user, absent, false",
                "migration-status-lookup, /document/issuer, RU, false",
                "migration-status-lookup, /header/caseReference, absent, false",
                "e-visa, /visa/kind, facilitated-multiple, false",
                "e-visa, /visa/purpose, leisure, false",
                "e-visa, /application/submittedAt, 2026-11-20, false",
                "return-certificate, /reason, homesick, false",
                "return-certificate, /citizen/identificationNumber, 5RT21MO, false",
                "birth-registration, /act/registrationDepartment, RD-XX, false",
                "birth-registration, /child/identificationNumber, absent, true",
                "civil-status-act, /divorce/decision/date, 2026-02-30, false",
                "civil-status-act, /act/registrationDate, absent, false",
                "person-lookup, /header/caseReference, absent, false",
            })
    void agree(String exchange, String pointer, String value, boolean fits) throws Exception {
        DocumentSchema schema = SCHEMAS.of(new ExchangeVersion(exchange, "1.0")).message();

        List<Violation> inXml = schema.validateXml(xml(exchange, pointer, value));
        List<Violation> inJson = schema.validateJson(json(exchange, pointer, value));

        assertThat(inXml.isEmpty()).as("XML %s", inXml).isEqualTo(fits);
        assertThat(inJson.isEmpty()).as("JSON %s", inJson).isEqualTo(fits);
        assertThat(places(inXml)).isEqualTo(places(inJson));
        if (!fits) {
            assertThat(places(inXml)).contains(pointer);
        }
        assertThat(inXml.toString() + inJson).doesNotContain(SECRET);
    }

    @Test
    void refused_at_the_same_place_when_an_element_is_unknown() throws Exception {
        DocumentSchema schema = birth();
        Document xml = HardenedXml.parse(sample("birth-notification", "full.xml"));
        Element stranger = xml.createElementNS("urn:chapar:birth-notification:1.0", "stranger");
        stranger.setTextContent("x");
        find(xml, "/child").appendChild(stranger);
        Map<String, Object> json = copy(HardenedJson.parse(sample("birth-notification", "full.json")));
        below(json, "child").put("stranger", "x");

        assertThat(schema.validateXml(xml)).containsExactly(new Violation("/child/stranger", "is not in the schema"));
        assertThat(schema.validateJson(json)).containsExactly(new Violation("/child/stranger", "is not in the schema"));
    }

    @Test
    void the_name_of_an_unknown_element_is_not_repeated_when_it_could_be_content() throws Exception {
        Document xml = HardenedXml.parse(sample("birth-notification", "full.xml"));
        find(xml, "/child").appendChild(xml.createElementNS("urn:chapar:birth-notification:1.0", "AZE1234567"));
        assertThat(birth().validateXml(xml)).containsExactly(new Violation("/child", "is not in the schema"));
    }

    @Test
    void refused_when_an_element_has_an_attribute_or_another_type() throws Exception {
        Document attribute = HardenedXml.parse(sample("birth-notification", "full.xml"));
        find(attribute, "/child").setAttribute("note", SECRET);
        assertThat(places(birth().validateXml(attribute))).containsExactly("/child");

        Document type = HardenedXml.parse(sample("birth-notification", "full.xml"));
        find(type, "/child/sex").setAttributeNS("http://www.w3.org/2001/XMLSchema-instance", "xsi:nil", "true");
        assertThat(places(birth().validateXml(type))).contains("/child/sex");
    }

    @Test
    void refused_when_text_stands_between_elements() throws Exception {
        Document xml = HardenedXml.parse(sample("birth-notification", "full.xml"));
        find(xml, "/child").appendChild(xml.createTextNode(SECRET));
        assertThat(birth().validateXml(xml).toString()).contains("/child").doesNotContain(SECRET);
    }

    @Test
    void refused_when_json_has_another_type_of_value() throws Exception {
        for (Object wrong : List.of(1L, true, List.of("F"), Map.of("a", "b"))) {
            Map<String, Object> json = copy(HardenedJson.parse(sample("birth-notification", "full.json")));
            below(json, "child").put("sex", wrong);
            assertThat(places(birth().validateJson(json))).contains("/child/sex");
        }
    }

    @Test
    void refused_when_both_places_of_residence_are_given() throws Exception {
        Map<String, Object> json = copy(HardenedJson.parse(sample("birth-notification", "full.json")));
        below(json, "mother").put("residence", Map.of("region", "NSM"));
        below(json, "mother").put("residenceAbroad", Map.of("country", "TUR"));
        assertThat(birth().validateJson(json)).isNotEmpty();
    }

    @Test
    @Timeout(20)
    void refused_at_once_when_a_text_is_so_long_that_its_pattern_would_take_minutes_or_all_of_the_stack()
            throws Exception {
        String sender = "A" + "-A".repeat(500_000);

        assertThat(places(birth().validateXml(xml("birth-notification", "/header/sender", sender))))
                .containsExactly("/header/sender");
        assertThat(places(birth().validateJson(json("birth-notification", "/header/sender", sender))))
                .containsExactly("/header/sender");
    }

    @Test
    void refused_when_a_line_holds_a_noncharacter_that_json_could_not_carry() throws Exception {
        for (String noncharacter : List.of("\uFDD0", "\uFDEF")) {
            Document document = HardenedXml.parse(sample("birth-notification", "full.xml"));
            find(document, "/header/orderingKey").setTextContent(noncharacter);
            assertThat(places(birth().validateXml(document))).containsExactly("/header/orderingKey");
        }
    }

    @Test
    void the_place_in_a_list_is_told_by_its_index() throws Exception {
        DocumentSchema schema =
                SCHEMAS.of(new ExchangeVersion("consular-registration", "1.0")).message();
        Document xml = HardenedXml.parse(sample("consular-registration", "full.xml"));
        find(xml, "/attachment/digest").setTextContent("none");
        assertThat(places(schema.validateXml(xml))).containsExactly("/attachment/0/digest");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {"/attachment, absent", "/work, absent"})
    void what_is_missing_beside_another_element_is_told_in_both_forms(String pointer, String value) throws Exception {
        DocumentSchema schema =
                SCHEMAS.of(new ExchangeVersion("consular-registration", "1.0")).message();

        assertThat(places(schema.validateXml(xml("consular-registration", pointer, value))))
                .contains(pointer);
        assertThat(places(schema.validateJson(json("consular-registration", pointer, value))))
                .contains(pointer);
    }

    private static DocumentSchema birth() {
        return SCHEMAS.of(new ExchangeVersion("birth-notification", "1.0")).message();
    }

    private static java.util.Set<String> places(List<Violation> violations) {
        return violations.stream().map(Violation::pointer).collect(Collectors.toSet());
    }

    private static byte[] sample(String exchange, String name) throws Exception {
        return Files.readAllBytes(Path.of("schemas", exchange, "1.0", "samples", name));
    }

    private static Document xml(String exchange, String pointer, String value) throws Exception {
        Document document = HardenedXml.parse(sample(exchange, "full.xml"));
        Element element = find(document, pointer);
        if (value == null) {
            element.getParentNode().removeChild(element);
        } else {
            element.setTextContent(value);
        }
        return HardenedXml.parse(HardenedXml.serialise(document));
    }

    private static Element find(Document document, String pointer) {
        Element here = document.getDocumentElement();
        for (String name : pointer.substring(1).split("/")) {
            Element next = null;
            for (var node = here.getFirstChild(); node != null && next == null; node = node.getNextSibling()) {
                next = node instanceof Element element && name.equals(element.getLocalName()) ? element : null;
            }
            assertThat(next).as("%s in the sample", pointer).isNotNull();
            here = next;
        }
        return here;
    }

    private static Map<String, Object> json(String exchange, String pointer, String value) throws Exception {
        Map<String, Object> root = copy(HardenedJson.parse(sample(exchange, "full.json")));
        String[] path = pointer.substring(1).split("/");
        Map<String, Object> here = root;
        for (int i = 0; i < path.length - 1; i++) {
            here = below(here, path[i]);
        }
        assertThat(here).containsKey(path[path.length - 1]);
        if (value == null) {
            here.remove(path[path.length - 1]);
        } else {
            here.put(path[path.length - 1], value);
        }
        return HardenedJson.parse(
                new String(HardenedJson.write(root), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> below(Map<String, Object> map, String name) {
        Map<String, Object> below = copy(Objects.requireNonNull(map.get(name)));
        map.put(name, below);
        return below;
    }

    private static Map<String, Object> copy(Object map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) map).forEach((key, value) -> copy.put((String) key, value));
        return copy;
    }
}
