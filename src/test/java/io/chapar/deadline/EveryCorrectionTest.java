package io.chapar.deadline;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.record.History;
import io.chapar.record.Ties;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is told can be corrected and withdrawn, to the same receivers. */
class EveryCorrectionTest {

    static Stream<String> exchanges() {
        return RealFiles.CATALOGUE.all().stream()
                .filter(agreement -> agreement.pattern() == Agreement.Pattern.NOTIFY)
                .filter(agreement -> agreement.disabled().isEmpty())
                .map(agreement -> agreement.exchange().exchange())
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void corrected_and_then_withdrawn_to_all_who_received(String exchange, @TempDir Path folder) throws Exception {
        try (World world = new World(folder)) {
            UUID conversation = UUID.randomUUID();
            Map<String, Object> first = World.sample(exchange, conversation, Map.of());
            Passage.Recorded original = world.accepted(first);
            Passage.Recorded correction = world.accepted(later(exchange, conversation, "correct", original));
            Passage.Recorded withdrawal = world.accepted(later(exchange, conversation, "withdraw", correction));

            List<PartyCode> receivers = receivers(world, original);
            assertThat(receivers).isNotEmpty();
            assertThat(receivers(world, correction)).isEqualTo(receivers);
            assertThat(receivers(world, withdrawal)).isEqualTo(receivers);
            assertThat(history(world, original).ties().correctedBy())
                    .extracting(Ties.Correction::action)
                    .containsExactly("correct", "withdraw");
            assertThat(world.record.equation().holds()).isTrue();
        }
    }

    private static Map<String, Object> later(
            String exchange, UUID conversation, String action, Passage.Recorded earlier) throws Exception {
        return World.sample(
                exchange,
                conversation,
                Map.of(
                        "/header/action",
                        action,
                        "/header/corrects",
                        earlier.receipt().messageId().toString()));
    }

    private static History history(World world, Passage.Recorded message) {
        PartyCode sender = message.receipt().sender();
        return world.record
                .history(sender, sender, message.receipt().messageId())
                .orElseThrow();
    }

    private static List<PartyCode> receivers(World world, Passage.Recorded message) {
        return history(world, message).receivers().stream()
                .map(History.ReceiverHistory::receiver)
                .toList();
    }
}
