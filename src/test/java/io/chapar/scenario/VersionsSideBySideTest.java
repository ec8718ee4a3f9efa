package io.chapar.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While its agencies change over one by one, an exchange has two versions: 1.1 knows one field more, and its only receiver
 * still reads 1.0.
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
        "1.0, json, rest, full",
        "1.0, xml, rest, full",
        "1.1, json, rest, full",
        "1.1, xml, rest, full",
        "1.1, xml, soap, azerbaijani",
        "1.1, json, queue, azerbaijani",
        "1.1, xml, rest, minimal",
    })
    void each_version_is_taken_and_the_receiver_gets_the_one_that_it_reads(
            String version, String format, String door, String sample) throws Exception {
        run(
                version,
                Map.of("format", format, "door", door, "sample", sample),
                Map.of(
                        "status",
                        202,
                        "deliveredTo",
                        List.of("SBS"),
                        "receipt",
                        Map.of("/version", version),
                        "delivered",
                        Map.of("SBS", Map.of("/header/version", "1.0")),
                        "absent",
                        Map.of("SBS", List.of("/since", "/header/nonce"))));
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
