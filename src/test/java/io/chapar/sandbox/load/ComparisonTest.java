package io.chapar.sandbox.load;

import io.chapar.sandbox.faults.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ComparisonTest {

    private final Comparison comparison = new Comparison();

    private void rounds(String name, boolean higherIsBetter, List<Double> calm, List<Double> troubled) {
        calm.forEach(value -> comparison.calm(name, higherIsBetter, value));
        troubled.forEach(value -> comparison.troubled(name, higherIsBetter, value));
    }

    @Test
    void slower_by_more_than_a_tenth_in_every_round_is_worse() {
        rounds("p99", false, List.of(10.0, 9.8, 10.2, 10.1, 9.9), List.of(11.2, 11.0, 11.4, 11.3, 11.1));
        assertThat(comparison.worse()).containsExactly("p99 is worse by 12 %");
        assertThat(comparison.undecided()).isEmpty();
    }

    @Test
    void less_by_more_than_a_tenth_in_every_round_is_worse() {
        rounds("accepted", true, List.of(100.0, 99.0, 101.0, 100.0, 100.0), List.of(89.0, 88.0, 90.0, 89.0, 89.0));
        assertThat(comparison.worse()).containsExactly("accepted is worse by 11 %");
    }

    @Test
    void slower_than_the_run_beside_it_is_worse_although_the_machine_got_faster_all_the_time() {
        rounds("p50", false, List.of(50.0, 40.0, 30.0, 20.0, 10.0), List.of(56.0, 45.0, 35.0, 24.0, 12.0));
        assertThat(comparison.worse()).containsExactly("p50 is worse by 17 %");
    }

    @Test
    void one_undisturbed_run_on_a_busy_machine_does_not_hide_a_loss() {
        rounds(
                "p99",
                false,
                List.of(300.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0),
                List.of(12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0));
        assertThat(comparison.worse()).containsExactly("p99 is worse by 20 %");
    }

    @Test
    void one_disturbed_run_on_a_busy_machine_is_no_loss() {
        rounds("p99", false, List.of(10.0, 10.0, 10.0, 10.0, 10.0), List.of(300.0, 10.0, 10.0, 10.0, 10.0));
        assertThat(comparison.worse()).isEmpty();
        assertThat(comparison.undecided()).isEmpty();
    }

    @Test
    void slower_in_some_rounds_and_faster_in_others_is_undecided() {
        rounds("p99", false, List.of(10.0, 20.0, 10.0, 20.0, 10.0), List.of(20.0, 12.0, 21.0, 13.0, 20.0));
        assertThat(comparison.worse()).isEmpty();
        assertThat(comparison.undecided()).singleElement().asString().startsWith("p99 is worse by 100 %, but chance");
    }

    @Test
    void so_few_rounds_that_chance_could_always_do_it_are_undecided() {
        rounds("p99", false, List.of(10.0, 10.0, 10.0, 10.0), List.of(20.0, 20.0, 20.0, 20.0));
        assertThat(comparison.worse()).isEmpty();
        assertThat(comparison.undecided()).hasSize(1);
    }

    @Test
    void within_a_tenth_is_not_worse_however_sure() {
        rounds("p99", false, List.of(10.0, 10.0, 10.0, 10.0, 10.0), List.of(10.9, 10.9, 10.9, 10.9, 10.9));
        assertThat(comparison.worse()).isEmpty();
        assertThat(comparison.undecided()).isEmpty();
    }

    @Test
    void better_is_not_worse() {
        rounds("p99", false, List.of(10.0, 10.0, 10.0, 10.0, 10.0), List.of(2.0, 2.0, 2.0, 2.0, 2.0));
        rounds("accepted", true, List.of(10.0, 10.0, 10.0, 10.0, 10.0), List.of(20.0, 20.0, 20.0, 20.0, 20.0));
        assertThat(comparison.worse()).isEmpty();
        assertThat(comparison.undecided()).isEmpty();
    }

    @Test
    void undecided_figure_leaves_the_promise_unclear(@TempDir Path folder) throws IOException {
        rounds("p99", false, List.of(10.0), List.of(20.0));
        Findings findings = new Findings(new Report(folder, new PrintWriter(Writer.nullWriter())));
        comparison.tell(findings);
        assertThat(findings.tell()).isEqualTo(Findings.Verdict.UNCLEAR);
    }

    @Test
    void what_is_wrong_counts_before_what_is_unclear(@TempDir Path folder) throws IOException {
        rounds("p99", false, List.of(10.0), List.of(20.0));
        Findings findings = new Findings(new Report(folder, new PrintWriter(Writer.nullWriter())));
        comparison.tell(findings);
        findings.must(false, "something was lost");
        assertThat(findings.tell()).isEqualTo(Findings.Verdict.BROKEN);
    }

    @Test
    void every_run_stands_in_the_file(@TempDir Path folder) throws IOException {
        rounds("p99", false, List.of(10.5), List.of(11.0));
        Report report = new Report(folder, new PrintWriter(Writer.nullWriter()));
        comparison.tell(new Findings(report));
        report.write();
        assertThat(folder.resolve("facts.json")).content().contains("10.5", "11.0");
    }
}
