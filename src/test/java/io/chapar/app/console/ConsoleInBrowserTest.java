package io.chapar.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chapar.app.FewExchanges;
import io.chapar.app.WholeGateway;
import io.chapar.habits.Program;
import io.chapar.trust.TestCertificates;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody sees and may do in Hawtio, with the browser in which they look. The gateway has few routes: a browser that
 * draws with the processor alone shows a hundred of them too slowly for a test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleInBrowserTest {

    private static final Path SCRIPTS = Path.of("src/test/node");
    private static final String ROUTE = "deliver-SPR";

    private Path folder;
    private Path browser;
    private ConfigurableApplicationContext gateway;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path mine) throws Exception {
        folder = mine;
        Program.needed("node");
        Program.prepared(SCRIPTS.resolve("node_modules/puppeteer-core"), "npm ci --prefix " + SCRIPTS);
        browser = Program.needed("chromium");
        TestCertificates.in(folder.resolve("certificates"));
        Path routes = FewExchanges.in(folder.resolve("routes"), List.of("border-crossing"), "SPR");
        gateway = WholeGateway.start(WholeGateway.settings(folder, "--chapar.routes=" + routes));
    }

    @AfterAll
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void refused_to_stop_a_route_when_a_viewer_clicks_stop_and_done_when_an_admin_does() throws Exception {
        JsonNode seen = seen();

        assertThat(StreamSupport.stream(seen.get("queues").spliterator(), false).map(JsonNode::asText))
                .contains("chapar.deliver.SPR", "out.SPR");
        assertThat(seen.get("drawn").toString()).contains("ref:accept", "ref:verify", "direct:admit");
        assertThat(seen.get("columns").toString()).contains("Completed", "Failed", "InFlight");
        assertThat(seen.at("/viewer/answer").asInt()).isEqualTo(403);
        // still, when the admin looked
        assertThat(seen.at("/admin/state").asText()).isEqualTo("Started");
        assertThat(seen.at("/admin/answer").asInt()).isEqualTo(200);
        assertThat(gateway.getBean(CamelContext.class).getRouteController().getRouteStatus(ROUTE))
                .isEqualTo(ServiceStatus.Stopped);
    }

    private JsonNode seen() throws Exception {
        String key = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(served().getPublicKey().getEncoded()));
        Process process = new ProcessBuilder(
                        "node",
                        SCRIPTS.resolve("console.mjs").toString(),
                        browser.toString(),
                        "https://localhost:" + gateway.getEnvironment().getRequiredProperty("local.management.port"),
                        key,
                        ROUTE,
                        folder.resolve("screen.png").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return new ObjectMapper().readTree(said);
    }

    private Certificate served() throws Exception {
        try (InputStream pem = Files.newInputStream(folder.resolve("certificates/CHAPAR/tls.cert.pem"))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }
}
