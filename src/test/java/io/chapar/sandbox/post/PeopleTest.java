package io.chapar.sandbox.post;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PeopleTest {

    @Test
    void no_two_places_share_an_identification_number() {
        Set<String> numbers = new HashSet<>();
        for (long place = 0; place < 100_000; place++) {
            String number = People.identificationNumber(place);
            assertThat(number).matches("[0-9A-HJ-NP-Z]{7}");
            assertThat(numbers.add(number)).isTrue();
        }
    }

    @Test
    void refuses_a_place_beyond_the_last_number() {
        assertThatThrownBy(() -> People.identificationNumber(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> People.identificationNumber(52_523_350_144L))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_same_seed_makes_the_same_people() {
        People once = new People(new Random(1));
        People again = new People(new Random(1));
        for (int i = 0; i < 100; i++) {
            assertThat(once.citizen(i % 2 == 0)).isEqualTo(again.citizen(i % 2 == 0));
        }
    }
}
