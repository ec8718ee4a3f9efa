package io.chapar.app.console;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import static org.assertj.core.api.Assertions.assertThat;

/** Payloads and keys stand in clear in memory: nobody gets a copy of it, and none is written by itself. */
class DumpsTest {

    /** What application.yaml shows. */
    private static final Set<String> SHOWN = Set.of("health", "info", "equation", "prometheus", "hawtio", "jolokia");

    /** With them a process writes its memory somewhere, or lets others look into it. */
    private static final Pattern DUMPING =
            Pattern.compile("-XX:\\+?(HeapDump|OnError|OnOutOfMemoryError|CrashOnOutOfMemoryError|StartFlightRecording)"
                    + "|-agentlib:|-agentpath:|-javaagent:|-Xrunjdwp|-Dcom\\.sun\\.management\\.jmxremote");

    private static final Browser ADMIN = new Browser();

    @BeforeAll
    static void logs_in() throws Exception {
        ADMIN.logIn("admin", "admin-sandbox");
        assertThat(ADMIN.get("/actuator/prometheus").statusCode()).isEqualTo(200);
    }

    /** All that the libraries have, whatever is switched on. */
    static Stream<String> endpoints() {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(Endpoint.class));
        return Stream.of("org.springframework.boot.actuate", "org.apache.camel", "io.hawt", "org.jolokia", "io.chapar")
                .flatMap(place -> scan.findCandidateComponents(place).stream())
                .map(found -> ((AnnotatedBeanDefinition) found)
                        .getMetadata()
                        .getAnnotations()
                        .get(Endpoint.class)
                        .getString("id"))
                .distinct()
                .sorted();
    }

    static Stream<String> hidden() {
        return endpoints().filter(id -> !SHOWN.contains(id));
    }

    @Test
    void known_are_those_that_tell_most() {
        assertThat(endpoints()).containsAll(SHOWN);
        assertThat(hidden())
                .contains(
                        "heapdump",
                        "threaddump",
                        "env",
                        "configprops",
                        "beans",
                        "loggers",
                        "mappings",
                        "shutdown",
                        "logfile",
                        "httpexchanges",
                        "sessions",
                        "startup",
                        "flyway");
    }

    @ParameterizedTest
    @MethodSource("hidden")
    void not_found_even_for_an_admin_whatever_else_could_be_shown(String id) throws Exception {
        for (String path : List.of("/actuator/" + id, "/" + id)) {
            assertThat(ADMIN.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(ADMIN.get(RunningConsole.agencies(), path).statusCode())
                    .as("%s at the agencies' port", path)
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HeapDumpOnOutOfMemoryError", "HeapDumpBeforeFullGC", "HeapDumpAfterFullGC"})
    void the_process_of_a_gateway_writes_none_by_itself(String option) {
        VMOption set = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption(option);

        assertThat(set.getValue()).isEqualTo("false");
        assertThat(set.getOrigin()).isEqualTo(VMOption.Origin.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+HeapDumpOnOutOfMemoryError",
                "-XX:HeapDumpPath=/tmp",
                "-XX:OnOutOfMemoryError=gcore %p",
                "-XX:StartFlightRecording=filename=x",
                "-Dcom.sun.management.jmxremote.port=9999",
                "-agentlib:jdwp=transport=dt_socket,server=y"
            })
    void an_option_that_asks_for_one_is_recognised(String option) {
        assertThat(DUMPING.matcher("java " + option + " -jar chapar.jar").find())
                .isTrue();
    }

    @Test
    void nothing_that_starts_a_gateway_and_no_page_asks_for_one() throws IOException {
        List<Path> files = Stream.of("deploy", ".mvn", "src/main", "docs")
                .flatMap(folder -> files(Path.of(folder)))
                // What was once measured, and how, is no start.
                .filter(file -> !file.startsWith("docs/decisions"))
                .toList();

        assertThat(files).contains(Path.of("deploy/chapar"), Path.of("deploy/nodes/start"), Path.of(".mvn/jvm.config"));
        assertThat(Stream.concat(files.stream(), Stream.of(Path.of("README.md"), Path.of("pom.xml"))))
                .noneMatch(file -> DUMPING.matcher(text(file)).find());
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever its bytes are. */
    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
