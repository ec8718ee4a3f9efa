package io.chapar.app.queue;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.app.catalogue.ReloadableParties;
import io.chapar.message.Party;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may be sent more than a queue carries is named at the start, and nobody else. */
class TooLargeForQueuesTest {

    private static final long USUAL = 20 << 20;

    @Test
    void one_line_says_what_happens_and_what_to_do() {
        List<String> warnings = warnings(Map.of("chapar.parties.MLSPP.channel", "queue"), USUAL);

        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0))
                .contains("MLSPP")
                .contains("consular-registration")
                .contains("parked as too-large")
                .contains("chapar.parties.MLSPP.channel")
                .contains("chapar.deliver.largest-in-queue");
    }

    @Test
    void no_line_about_who_gets_no_attachments() {
        // the register receives the same exchange, without them
        assertThat(warnings(Map.of("chapar.parties.SPR.channel", "queue"), USUAL))
                .noneMatch(line -> line.contains("SPR"));
    }

    @Test
    void no_line_about_another_channel() {
        assertThat(warnings(Map.of("chapar.parties.MLSPP.channel", "mailbox"), USUAL))
                .noneMatch(line -> line.contains("MLSPP"));
    }

    @Test
    void no_line_where_the_queue_carries_as_much_as_was_agreed() {
        assertThat(warnings(Map.of("chapar.parties.MLSPP.channel", "queue"), 60 << 20))
                .isEmpty();
    }

    private static List<String> warnings(Map<String, String> settings, long largestInQueue) {
        Collection<Party> parties =
                new ReloadableParties(RealFiles.parties(Path.of("routes/parties.yaml"), settings)).all();
        return TooLargeForQueues.warnings(RealFiles.CATALOGUE, parties, party -> largestInQueue);
    }
}
