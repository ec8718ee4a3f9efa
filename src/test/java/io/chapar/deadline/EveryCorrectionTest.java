package io.chapar.deadline;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.record.History;
import io.chapar.record.Ties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Whatever is told can be corrected and withdrawn, to the same receivers, in either format, with the files that belong to
 * it. Also what ships disabled: here it is enabled.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryCorrectionTest {

    private static final String DISABLED = "health-card-registration";

    private World world;

    @BeforeAll
    void enable(@TempDir Path routes, @TempDir Path data) throws IOException {
        world = new World(
                data,
                RealFiles.changed(
                        routes, DISABLED + "/agreement.yaml", text -> text.replaceAll("(?m)^disabled:.*\n", "")));
    }

    @AfterAll
    void nothing_is_lost() {
        try (World all = world) {
            assertThat(all.record.equation().holds()).isTrue();
        }
    }

    Stream<Arguments> exchanges() {
        return world.catalogue.all().stream()
                .filter(agreement -> agreement.pattern() == Agreement.Pattern.NOTIFY)
                .map(agreement -> agreement.exchange().exchange())
                .distinct()
                .flatMap(exchange -> Stream.of(Format.values()).map(format -> arguments(exchange, format)));
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void corrected_and_then_withdrawn_to_all_who_received(String exchange, Format format) throws Exception {
        UUID conversation = UUID.randomUUID();
        Map<String, Object> first = World.sample(exchange, conversation, Map.of());
        Passage.Recorded original = world.accepted(first, format);
        Passage.Recorded correction = world.accepted(later(exchange, conversation, "correct", original), format);
        Passage.Recorded withdrawal = world.accepted(later(exchange, conversation, "withdraw", correction), format);

        List<PartyCode> receivers = receivers(original);
        assertThat(receivers).isNotEmpty();
        assertThat(receivers(correction)).isEqualTo(receivers);
        assertThat(receivers(withdrawal)).isEqualTo(receivers);
        assertThat(history(original).ties().correctedBy())
                .extracting(Ties.Correction::action)
                .containsExactly("correct", "withdraw");
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

    private History history(Passage.Recorded message) {
        PartyCode sender = message.receipt().sender();
        return world.record
                .history(sender, sender, message.receipt().messageId())
                .orElseThrow();
    }

    private List<PartyCode> receivers(Passage.Recorded message) {
        return history(message).receivers().stream()
                .map(History.ReceiverHistory::receiver)
                .toList();
    }
}
