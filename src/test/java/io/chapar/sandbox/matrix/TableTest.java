package io.chapar.sandbox.matrix;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TableTest {

    private static final List<String> WAYS = List.of("rest json", "soap xml");
    private static final List<Outbound> CHANNELS = List.of(Outbound.REST, Outbound.MAILBOX);
    private static final List<Agreement> AGREEMENTS = RealFiles.CATALOGUE.all().stream()
            .filter(each -> List.of("e-visa", "health-card-registration", "person-lookup")
                    .contains(each.exchange().exchange()))
            .sorted(Comparator.comparing(Agreement::exchange))
            .toList();

    private final Results results = new Results();
    private final StringWriter text = new StringWriter();

    @Test
    void no_cell_is_empty_when_everything_arrived() {
        everythingArrives();

        assertThat(print()).isZero();
        assertThat(text.toString())
                .contains("health-card-registration (disabled) | 3")
                .contains("person-lookup (query)")
                .contains("health-card-registration ships disabled");
    }

    @Test
    void a_cell_for_which_nothing_arrived_is_empty() {
        everythingArrives();

        assertThat(new Table(AGREEMENTS, List.of("rest json", "queue json"), CHANNELS, results)
                        .print(new PrintWriter(text)))
                .isEqualTo(6);
    }

    @Test
    void one_sample_that_was_lost_empties_its_cell_though_the_others_arrived() {
        everythingArrives();
        results.failed(new Results.Cell("e-visa", "soap xml", Outbound.MAILBOX), "full", "refused with 422 schema");

        assertThat(print()).isEqualTo(1);
        assertThat(results.failures()).containsExactly("e-visa full, soap xml to mailbox: refused with 422 schema");
    }

    private void everythingArrives() {
        for (Agreement agreement : AGREEMENTS) {
            WAYS.forEach(way -> CHANNELS.forEach(channel ->
                    results.arrived(new Results.Cell(agreement.exchange().exchange(), way, channel), 3)));
        }
    }

    private int print() {
        return new Table(AGREEMENTS, WAYS, CHANNELS, results).print(new PrintWriter(text));
    }
}
