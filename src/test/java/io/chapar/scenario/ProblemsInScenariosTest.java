package io.chapar.scenario;

import io.chapar.message.ProblemCode;
import io.chapar.schema.FileSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every row of the table of problems is shown by a scenario, but for those that no message of a scenario can meet. */
class ProblemsInScenariosTest {

    /**
     * Shown elsewhere.
     *
     * @param why no scenario can meet it
     * @param test which shows it, below the tests of {@code io/chapar}
     * @param by what stands in that test
     */
    private record Elsewhere(String why, String test, String by) {}

    private static final Map<ProblemCode, Elsewhere> WITHOUT_SCENARIO = Map.of(
            ProblemCode.NOT_ENCRYPTED,
            new Elsewhere(
                    "who writes to a queue in a scenario writes in clear",
                    "app/queue/EncryptedQueuesTest",
                    "\"not-encrypted\""),
            ProblemCode.UNKNOWN_BATCH,
            new Elsewhere("a scenario sends messages, not batches", "app/batch/BulkTest", "\"unknown-batch\""),
            ProblemCode.UPLOAD_OFFSET,
            new Elsewhere(
                    "a scenario sends messages, not pieces of a batch", "app/batch/BulkTest", "\"upload-offset\""),
            ProblemCode.METHOD_NOT_ALLOWED,
            new Elsewhere(
                    "a scenario sends, by the method that sends", "app/rest/RestDoorTest", "\"method-not-allowed\""),
            ProblemCode.UNPROCESSABLE,
            new Elsewhere("needs a defect of ours", "app/queue/DefectTest", "\"unprocessable\""));

    @Test
    void every_code_ends_a_scenario_or_says_why_none_can() throws IOException {
        Set<ProblemCode> missing = EnumSet.allOf(ProblemCode.class);
        ScenarioFile.all(Path.of("routes"), new FileSchema(Path.of("schemas/scenario.schema.json")))
                .forEach(scenario -> scenario.then()
                        .text("code")
                        .flatMap(ProblemCode::ofCode)
                        .ifPresent(missing::remove));

        assertThat(missing).containsExactlyInAnyOrderElementsOf(WITHOUT_SCENARIO.keySet());
    }

    @Test
    void what_no_scenario_shows_is_shown_by_another_test() {
        assertThat(WITHOUT_SCENARIO.values())
                .allSatisfy(elsewhere -> assertThat(Path.of("src/test/java/io/chapar", elsewhere.test() + ".java"))
                        .as(elsewhere.why())
                        .content()
                        .contains(elsewhere.by()));
    }
}
