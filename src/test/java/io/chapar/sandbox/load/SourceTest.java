package io.chapar.sandbox.load;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.play.Counter;
import io.chapar.sandbox.post.Mail;
import io.chapar.trust.DevelopmentPki;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SourceTest {

    private static final int MESSAGES = 40;

    @TempDir
    private static Path certificates = Path.of("");

    @BeforeAll
    static void keys() throws IOException {
        DevelopmentPki.make(
                certificates,
                Stream.of("CHAPAR", "SBS", "MH", "MFA-ISTANBUL", "MFA-BERLIN", "MFA-TBILISI")
                        .map(PartyCode::new)
                        .toList());
    }

    @Test
    void same_number_draws_the_same_mix_under_fresh_ids() {
        List<Source.Item> first = drawn(1);
        List<Source.Item> second = drawn(1);
        assertThat(mix(second)).isEqualTo(mix(first));
        assertThat(second)
                .extracting(item -> item.letter().messageId())
                .doesNotContainAnyElementsOf(
                        first.stream().map(item -> item.letter().messageId()).toList());
    }

    @Test
    void another_number_draws_another_mix() {
        assertThat(mix(drawn(2))).isNotEqualTo(mix(drawn(1)));
    }

    private static List<String> mix(List<Source.Item> items) {
        return items.stream()
                .map(item -> item.letter().carrier() + " " + item.letter().path() + " "
                        + new TreeSet<>(item.receivers()) + " "
                        + item.letter().contentType().replaceAll(";.*", ""))
                .toList();
    }

    private static List<Source.Item> drawn(long number) {
        Source source = new Source(number, Clock.systemUTC(), RealFiles.CATALOGUE.all());
        try (Mail mail = new Mail(URI.create("https://localhost"), certificates, new Counter())) {
            return Stream.generate(() -> source.next(mail)).limit(MESSAGES).toList();
        }
    }
}
