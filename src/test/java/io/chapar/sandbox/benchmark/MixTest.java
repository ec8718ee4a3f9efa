package io.chapar.sandbox.benchmark;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import io.chapar.sandbox.post.Year2018;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A load in other proportions would measure another gateway than the one that is asked for. */
class MixTest {

    private static final int DRAWN = 100_000;

    @Test
    void of_a_hundred_messages_eighty_seven_are_crossings_and_eleven_stays_and_no_exchange_is_missing()
            throws Exception {
        Mix mix = new Mix(2018, Clock.systemUTC(), RealFiles.CATALOGUE.all(), Path.of("schemas"));

        Map<String, Long> drawn = Stream.generate(mix::next)
                .limit(DRAWN)
                .map(draft -> draft.exchange().exchange())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(share(drawn, "border-crossing")).isCloseTo(87.2, Offset.offset(0.5));
        assertThat(share(drawn, "stay-registration")).isCloseTo(11.4, Offset.offset(0.5));
        assertThat(share(drawn, "residence-permit")).isCloseTo(0.68, Offset.offset(0.2));
        assertThat(drawn.keySet()).isEqualTo(notified());
    }

    @Test
    void the_rarest_has_one_in_ten_thousand_and_the_others_what_the_report_counts() {
        assertThat(Year2018.messages()).isEqualTo(6_520_306L);
        assertThat(Mix.weight("stay-registration")).isEqualTo(740_841L);
        assertThat(Mix.weight("stay-extension")).isEqualTo(653L);
        assertThat(Mix.weight("e-visa")).isEqualTo(653L);
    }

    private static double share(Map<String, Long> drawn, String exchange) {
        return 100.0 * drawn.getOrDefault(exchange, 0L) / DRAWN;
    }

    private static Set<String> notified() {
        return RealFiles.CATALOGUE.all().stream()
                .filter(agreement -> agreement.pattern() == Agreement.Pattern.NOTIFY)
                .filter(agreement -> agreement.disabled().isEmpty())
                .map(agreement -> agreement.exchange().exchange())
                .collect(Collectors.toSet());
    }
}
