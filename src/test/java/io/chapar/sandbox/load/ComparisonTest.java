package io.chapar.sandbox.load;

import io.chapar.sandbox.faults.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ComparisonTest {

    private final Comparison comparison = new Comparison();

    @Test
    void slower_by_more_than_a_tenth_is_worse() {
        comparison.calm("p99", false, 10);
        comparison.troubled("p99", false, 11.2);
        assertThat(comparison.worse()).containsExactly("p99 is worse by 12 %");
    }

    @Test
    void less_by_more_than_a_tenth_is_worse() {
        comparison.calm("accepted", true, 100);
        comparison.troubled("accepted", true, 89);
        assertThat(comparison.worse()).containsExactly("accepted is worse by 11 %");
    }

    @Test
    void within_a_tenth_is_not_worse() {
        comparison.calm("p99", false, 10);
        comparison.troubled("p99", false, 10.9);
        assertThat(comparison.worse()).isEmpty();
    }

    @Test
    void what_undisturbed_runs_differ_among_themselves_proves_nothing() {
        comparison.calm("p99", false, 10);
        comparison.calm("p99", false, 20);
        comparison.troubled("p99", false, 22);
        assertThat(comparison.worse()).isEmpty();
    }

    @Test
    void better_is_not_worse() {
        comparison.calm("p99", false, 10);
        comparison.troubled("p99", false, 2);
        comparison.calm("accepted", true, 100);
        comparison.troubled("accepted", true, 300);
        assertThat(comparison.worse()).isEmpty();
    }

    @Test
    void every_run_stands_in_the_file(@TempDir Path folder) throws IOException {
        comparison.calm("p99", false, 10.5);
        comparison.troubled("p99", false, 11);
        Report report = new Report(folder, new PrintWriter(Writer.nullWriter()));
        comparison.tell(new Findings(report));
        report.write();
        assertThat(folder.resolve("facts.json")).content().contains("10.5", "11.0");
    }
}
