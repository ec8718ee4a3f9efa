package io.chapar.habits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What others wrote and the jar holds is listed in it, and may be used as they allow it. */
class BillOfMaterialsTest {

    /** Licences that somebody here has read. Of several that are offered for one library, one of these is enough. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "Bouncy Castle Licence",
            "CC0-1.0",
            "CPL",
            "EPL-1.0",
            "EPL-2.0",
            "MIT",
            "MPL-2.0");

    /** Maven leaves its maker out of a build that is offline. */
    @BeforeAll
    static void made() {
        Program.prepared(Path.of("target/classes/META-INF/sbom"), "./mvnw process-test-classes without -o");
    }

    @Test
    void every_library_has_a_licence_that_is_allowed() throws Exception {
        Set<String> others = new TreeSet<>();
        for (JsonNode component : components()) {
            if (licences(component).stream().noneMatch(ALLOWED::contains)) {
                others.add(component.path("purl").asText() + " " + licences(component));
            }
        }
        assertThat(others).isEmpty();
    }

    @Test
    void every_library_is_named_with_its_version_and_digest() throws Exception {
        for (JsonNode component : components()) {
            String name = component.path("purl").asText();
            assertThat(name)
                    .startsWith("pkg:maven/")
                    .contains("@" + component.path("version").asText());
            assertThat(component.path("hashes")).as(name).isNotEmpty();
        }
        assertThat(components())
                .extracting(component -> component.path("name").asText())
                .contains("cxf-core", "xmlsec", "artemis-server", "bcprov-jdk18on", "Saxon-HE")
                .doesNotContain("junit-jupiter", "jazzer");
    }

    private static JsonNode components() throws Exception {
        try (InputStream bill = BillOfMaterialsTest.class.getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
            return new ObjectMapper().readTree(bill).path("components");
        }
    }

    private static List<String> licences(JsonNode component) {
        List<String> names = new ArrayList<>();
        for (JsonNode entry : component.path("licenses")) {
            JsonNode licence = entry.path("license");
            names.add(licence.path("id").asText(licence.path("name").asText()));
        }
        return names;
    }
}
