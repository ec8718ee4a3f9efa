package io.chapar.sandbox.agency;

import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.MailWitness;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BirthOfficeTest {

    private static final URI NOBODY = URI.create("https://localhost:1");
    private static final Clock MORNING = Clock.fixed(Instant.parse("2026-11-23T05:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_birth_gets_a_number_and_neither_its_correction_nor_its_withdrawal_gets_another() throws IOException {
        assertThat(given("new", "correct", "withdraw")).isEqualTo(1);
    }

    @Test
    void a_birth_that_says_nothing_of_its_action_is_a_new_one() throws IOException {
        assertThat(given("")).isEqualTo(1);
    }

    @Test
    void no_number_for_what_was_withdrawn_before_it_came() throws IOException {
        assertThat(given("withdraw")).isZero();
    }

    private int given(String... actions) throws IOException {
        Path certificates = folder.resolve("certificates");
        TestCertificates.in(certificates);
        try (Mail mail = new Mail(NOBODY, certificates, new Unheard());
                BirthOffice office = new BirthOffice(folder, mail, MORNING)) {
            List.of(actions).forEach(action -> office.of(UUID.randomUUID(), birth(action)));
        }
        try (NumberBook book = new NumberBook(folder)) {
            return book.untold().size();
        }
    }

    /** What the office says is not what is looked at. */
    private static final class Unheard implements MailWitness {

        @Override
        public void sending(Letter letter, long due) {}

        @Override
        public void answered(Letter letter, Reply reply, long due) {}

        @Override
        public void failed(Letter letter, String why) {}
    }

    private static Content birth(String action) {
        Map<String, Object> header = new HashMap<>(Map.of(
                "exchange",
                "birth-notification",
                "messageId",
                UUID.randomUUID().toString(),
                "conversationId",
                UUID.randomUUID().toString()));
        if (!action.isEmpty()) {
            header.put("action", action);
        }
        return Content.of(Map.of("header", header));
    }
}
