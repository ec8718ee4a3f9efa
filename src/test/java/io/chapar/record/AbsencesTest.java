package io.chapar.record;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AbsencesTest {

    private static final long SECOND = 1_000_000_000L;

    private final Absences absences = new Absences(Duration.ofSeconds(6));

    private List<Integer> longer(long second, Integer... gone) {
        return absences.longer(List.of(gone), second * SECOND);
    }

    @Test
    void nobody_is_gone_for_good_before_the_grace_is_over_or_when_it_came_back_meanwhile() {
        assertThat(longer(0, 1)).isEmpty();
        assertThat(longer(5, 1)).isEmpty();
        assertThat(longer(5)).isEmpty();
        assertThat(longer(6, 1)).isEmpty();
        assertThat(longer(12, 1)).containsExactly(1);
    }

    @Test
    void an_absence_is_new_once_however_late_it_is_looked_at() {
        assertThat(longer(0, 1)).isEmpty();

        assertThat(absences.anyNew(longer(60, 1))).isTrue();
        assertThat(absences.anyNew(longer(61, 1))).isFalse();
        assertThat(absences.anyNew(longer(62, 1, 2))).isFalse();
        assertThat(absences.anyNew(longer(99, 1, 2))).isTrue();
    }

    @Test
    void a_second_absence_is_new_again() {
        longer(0, 1);
        assertThat(absences.anyNew(longer(6, 1))).isTrue();
        longer(7);
        longer(8, 1);

        assertThat(absences.anyNew(longer(14, 1))).isTrue();
    }

    @Test
    void nobody_is_gone_by_a_database_that_was_away_itself() {
        longer(0, 1);
        absences.forget();

        assertThat(longer(9, 1)).isEmpty();
    }
}
