package io.chapar.scenario;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.trust.HardenedXml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While its agencies change over one by one, an exchange has two versions: 1.1 knows one field more; of its receivers one
 * still reads 1.0, and one that came later reads 1.1.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VersionsSideBySideTest {

    private static final String EXCHANGE = "stay-extension";
    private static final Path VERSIONS = Path.of("target", "versions");

    private Gateway gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        gateway = Gateway.start(folder, List.of(), VERSIONS.resolve("routes"), VERSIONS.resolve("schemas"));
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "json, rest, full",
        "xml, rest, full",
    })
    void the_older_version_goes_to_those_of_its_agreement(String format, String door, String sample) throws Exception {
        run("1.0", Map.of("format", format, "door", door, "sample", sample), older());
    }

    @ParameterizedTest
    @CsvSource({
        "json, rest, full",
        "xml, rest, full",
        "xml, soap, azerbaijani",
        "json, queue, azerbaijani",
    })
    void of_the_newer_version_each_receiver_gets_the_one_that_it_reads(String format, String door, String sample)
            throws Exception {
        run("1.1", Map.of("format", format, "door", door, "sample", sample), newer(Map.of("/since", "2026-09-01")));
    }

    @Test
    void a_field_that_is_not_there_is_added_for_nobody() throws Exception {
        run("1.1", Map.of("format", "xml", "sample", "minimal"), newer(Map.of()));
    }

    /** Both wait at the same time, one after the other; what each receiver reads follows from the version it was sent in. */
    @ParameterizedTest
    @CsvSource({"json, rest", "xml, soap"})
    void what_waits_keeps_the_version_under_which_it_was_accepted(String format, String door) throws Exception {
        Map<String, Object> down = Map.of("SBS", "down", "MIA", "down");
        Map<String, Object> given = Map.of("format", format, "door", door, "sample", "full", "receivers", down);
        run("1.0", given, older());
        run("1.1", given, newer(Map.of("/since", "2026-09-01")));
    }

    private static Map<String, Object> older() {
        return Map.of(
                "status",
                202,
                "deliveredTo",
                List.of("SBS"),
                "notDeliveredTo",
                List.of("MIA"),
                "receipt",
                Map.of("/version", "1.0"),
                "delivered",
                Map.of("SBS", Map.of("/header/version", "1.0")),
                "absent",
                Map.of("SBS", List.of("/since", "/header/nonce")));
    }

    private static Map<String, Object> newer(Map<String, Object> news) {
        Map<String, Object> read = new HashMap<>(news);
        read.put("/header/version", "1.1");
        return Map.of(
                "status",
                202,
                "deliveredTo",
                List.of("SBS", "MIA"),
                "receipt",
                Map.of("/version", "1.1"),
                "delivered",
                Map.of("SBS", Map.of("/header/version", "1.0"), "MIA", read),
                "absent",
                Map.of("SBS", List.of("/since", "/header/nonce"), "MIA", List.of("/decisionDate")));
    }

    /** Each, with a party whom it concerns. */
    static Stream<Arguments> exchanges() {
        return RealFiles.CATALOGUE.all().stream()
                .map(agreement -> Arguments.of(
                        agreement.exchange().exchange(),
                        agreement.receivers().get(0).party().value()));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void every_exchange_is_described_for_clients_of_soap(String exchange, String party) throws Exception {
        Response response = gateway.wire().send(Request.get("/ws/" + exchange + "?wsdl&version=1.0", party));
        assertThat(response.status()).isEqualTo(200);
        Document wsdl = HardenedXml.parse(response.body());
        NodeList schemas = wsdl.getElementsByTagNameNS("http://www.w3.org/2001/XMLSchema", "schema");
        assertThat(IntStream.range(0, schemas.getLength())
                        .mapToObj(i -> ((Element) schemas.item(i)).getAttribute("targetNamespace")))
                .contains("urn:chapar:" + exchange + ":1.0");
        assertThat(wsdl.getElementsByTagNameNS("http://schemas.xmlsoap.org/wsdl/", "operation")
                        .getLength())
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/no-such-exchange?wsdl", "/ws/stay-extension?wsdl&version=1.2"})
    void nothing_is_described_that_is_not_there(String path) throws Exception {
        assertThat(gateway.wire().send(Request.get(path, "SMS")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"json, rest", "json, queue"})
    void a_field_of_the_newer_version_is_refused_in_the_older(String format, String door) throws Exception {
        run(
                "1.0",
                Map.of("format", format, "door", door, "change", List.of(Map.of("at", "/since", "to", "2026-09-01"))),
                Map.of("status", 422, "code", "schema", "accepted", false));
    }

    @ParameterizedTest
    @CsvSource({"1.1, 1.0", "1.0, 1.1", "1.0, 1.2", "1.0, 2.0"})
    void a_header_that_names_another_version_than_the_document_is_refused(String written, String named)
            throws Exception {
        run(
                written,
                Map.of("format", "xml", "change", List.of(Map.of("at", "/header/version", "to", named))),
                Map.of("status", 400, "code", "exchange-mismatch", "accepted", false));
    }

    @Test
    void the_catalogue_names_both() throws Exception {
        Response catalogue = gateway.wire().send(Request.get("/api/v1/exchanges", "SMS"));
        assertThat(catalogue.text())
                .contains("/ws/stay-extension?wsdl&version=1.0")
                .contains("/ws/stay-extension?wsdl&version=1.1");
    }

    private void run(String version, Map<String, Object> given, Map<String, Object> then) throws Exception {
        Map<String, Object> all = new HashMap<>(given);
        all.put("version", version);
        all.put("schemas", VERSIONS.resolve("schemas").toString());
        new Run(gateway, new ScenarioFile(EXCHANGE, "version " + version, false, new Entry(all), new Entry(then)))
                .call();
    }
}
