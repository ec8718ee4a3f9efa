package io.chapar.schema;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What XML can write and JSON cannot, or JSON and XML cannot: it says the same as a spelling that both have, or is
 * refused.
 */
class OneFormAloneTest {

    private static final DocumentSchema STATISTICS = Schemas.load(Path.of("schemas"))
            .of(new ExchangeVersion("migration-statistics", "1.0"))
            .message();
    private static final String XML = sample("minimal.xml");
    private static final String JSON = sample("minimal.json");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<from>2026-10-01</from>                     | <from> 2026-10-01 </from>",
                "<from>2026-10-01</from>                     | <from><!-- -->2026-10-01</from>",
                "<sentAt>2026-11-23T10:15:00+04:00</sentAt>  | <sentAt> 2026-11-23T10:15:00+04:00</sentAt>",
                "<provisional>false</provisional>            | <provisional> false </provisional>",
                "<count>0</count>                            | <count> 0 </count>",
                "<sender>SMS</sender>                        | <sender><![CDATA[SMS]]></sender>",
                "<sender>SMS</sender>                        | <sender>S&#77;S</sender>",
            })
    void another_spelling_in_xml_says_the_same(String usual, String other) throws Exception {
        assertThat(fromXml(XML.replace(usual, other))).isEqualTo(fromXml(XML));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"count\": 0              | \"count\": -0",
                "\"count\": 0              | \"count\": 0.0",
                "\"count\": 0              | \"count\": 0e5",
                "\"provisional\": false,   | \"provisional\": \\n false,",
                "\"sender\": \"SMS\"       | \"sender\": \"\\u0053MS\"",
            })
    void another_spelling_in_json_says_the_same(String usual, String other) throws Exception {
        assertThat(fromJson(JSON.replace(usual, other.replace("\\n", "\n")))).isEqualTo(fromJson(JSON));
        assertThat(JSON).contains(usual);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4", "1.0", "4.0", "40e-1", "0.3e1", "5.5", "5e-1", "\"0\"", "null", "[0]", "true"})
    void refused_when_a_count_is_too_small_however_it_is_written_or_no_whole_number(String count) throws Exception {
        assertThat(refused(JSON.replace("\"count\": 0", "\"count\": " + count))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "\"false\"", "null", "[false]"})
    void refused_when_a_truth_is_something_else_in_json(String truth) throws Exception {
        assertThat(refused(JSON.replace("\"provisional\": false", "\"provisional\": " + truth)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {" 2026-10-01", "2026-10-01 ", "2026-10-01\\n"})
    void refused_when_a_string_in_json_has_space_around_a_date(String date) throws Exception {
        assertThat(refused(JSON.replace("2026-10-01", date))).isTrue();
    }

    @Test
    void refused_when_a_list_in_json_is_empty_or_what_it_holds_stands_alone() throws Exception {
        assertThat(refused(JSON.replaceFirst("(?s)\\[.*\\]", "[]"))).isTrue();
        assertThat(refused(JSON.replaceFirst("(?s)\\[.*\\]", "[null]"))).isTrue();
        assertThat(refused(JSON.replaceAll("[\\[\\]]", ""))).isTrue();
        assertThat(refused(JSON.replaceFirst("\"SMS\"", "[\"SMS\"]"))).isTrue();
    }

    @Test
    void the_order_of_elements_counts_in_xml_and_that_of_members_does_not_in_json() throws Exception {
        String first = "<from>2026-10-01</from>";
        String second = "<until>2026-10-31</until>";
        String turned = XML.replace(first, "").replace(second, second + first);
        assertThat(STATISTICS.validateXml(document(turned))).isNotEmpty();

        String jsonTurned = JSON.replace("\"from\": \"2026-10-01\",", "")
                .replace("\"provisional\"", "\"from\": \"2026-10-01\", \"provisional\"");
        Fields fields = fromJson(jsonTurned);
        assertThat(fields).isEqualTo(fromJson(JSON));
        assertThat(fields.root().keySet()).containsExactly("header", "from", "until", "provisional", "cell");
    }

    private static Fields fromXml(String xml) throws Exception {
        Document document = document(xml);
        assertThat(STATISTICS.validateXml(document)).isEmpty();
        return STATISTICS.fields(document);
    }

    private static Fields fromJson(String json) throws Exception {
        var object = HardenedJson.parse(json.getBytes(StandardCharsets.UTF_8));
        assertThat(STATISTICS.validateJson(object)).isEmpty();
        return STATISTICS.fields(object);
    }

    private static boolean refused(String json) throws Malformed {
        assertThat(json).isNotEqualTo(JSON);
        return !STATISTICS
                .validateJson(HardenedJson.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static Document document(String xml) throws Malformed {
        return HardenedXml.parse(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String sample(String name) {
        try {
            return Files.readString(Path.of("schemas/migration-statistics/1.0/samples", name));
        } catch (IOException e) {
            throw new AssertionError("no sample " + name, e);
        }
    }
}
