package io.chapar.sandbox.agency;

import io.chapar.sandbox.post.Nonces;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class NumberBookTest {

    private static final Instant MORNING = Instant.parse("2026-11-23T05:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_birth_that_is_delivered_again_gets_no_second_number() {
        try (NumberBook book = new NumberBook(folder)) {
            UUID delivery = UUID.randomUUID();
            assertThat(book.give(given(delivery, book.place()))).isTrue();
            assertThat(book.give(given(delivery, book.place()))).isFalse();
            assertThat(book.untold()).hasSize(1);
        }
    }

    @Test
    void no_place_is_given_again_after_a_restart() {
        long last;
        try (NumberBook book = new NumberBook(folder)) {
            book.give(given(UUID.randomUUID(), book.place()));
            last = book.place();
            book.give(given(UUID.randomUUID(), last));
        }
        try (NumberBook book = new NumberBook(folder)) {
            assertThat(book.place()).isGreaterThan(last);
        }
    }

    @Test
    void what_was_not_told_before_a_crash_is_told_after_it_word_for_word() {
        NumberBook.Given told = given(UUID.randomUUID(), 0);
        NumberBook.Given untold = given(UUID.randomUUID(), 1);
        try (NumberBook book = new NumberBook(folder)) {
            book.give(told);
            book.give(untold);
            book.told(told);
        }
        try (NumberBook book = new NumberBook(folder)) {
            assertThat(book.untold()).containsExactly(untold);
            assertThat(book.knows(told.deliveryId())).isTrue();
        }
    }

    private static NumberBook.Given given(UUID delivery, long place) {
        return new NumberBook.Given(
                delivery, UUID.randomUUID(), UUID.randomUUID(), place, UUID.randomUUID(), Nonces.next(), MORNING);
    }
}
