package io.chapar.fuzz;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A taste of {@code deploy/fuzz} in each build: all targets that begin quickly, in one process, for a few seconds. */
class FuzzingTest {

    @TempDir
    Path folder;

    @Test
    void seconds_of_fuzzing_find_nothing() throws Exception {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        List<String> targets = Targets.quick();
        for (String target : targets) {
            for (Path seed : Seeds.files(target)) {
                byte[] bytes = Seeds.bytes(seed);
                byte[] marked = new byte[bytes.length + 1];
                marked[0] = (byte) targets.indexOf(target);
                System.arraycopy(bytes, 0, marked, 1, bytes.length);
                Files.write(corpus.resolve(target + "-" + seed.getFileName()), marked);
            }
        }
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + Fuzz.class.getName(),
                        "--target_args=together",
                        "--instrumentation_includes=io.chapar.**",
                        "--custom_hook_includes=io.chapar.**",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + File.separator,
                        // the same in every build; deploy/fuzz looks further
                        "-seed=1",
                        "-runs=1500",
                        "-timeout=10",
                        "-print_final_stats=1",
                        corpus.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).containsPattern("number_of_executed_units: [1-9]");
    }
}
