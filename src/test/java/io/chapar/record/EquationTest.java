package io.chapar.record;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EquationTest {

    private static final Equation.Misfit OLD = new Equation.Misfit(UUID.randomUUID(), "waits");
    private static final Equation.Misfit NEW = new Equation.Misfit(UUID.randomUUID(), "waits");

    private static Equation with(long more, Equation.Misfit... misfits) {
        return new Equation(0, 0, List.of(), 0, List.of(misfits), more);
    }

    @Test
    void what_was_on_its_way_at_one_look_and_fits_at_the_other_is_not_told() {
        assertThat(with(0, OLD, NEW).confirming(with(0, OLD)).misfits()).containsExactly(OLD);
        Equation neither = with(0, NEW).confirming(with(0, OLD));
        assertThat(neither.misfits()).isEmpty();
        assertThat(neither.holds()).isTrue();
    }

    @Test
    void refused_to_drop_one_as_new_when_not_all_were_listed_before() {
        assertThat(with(0, NEW).confirming(with(1, OLD)).misfits()).containsExactly(NEW);
    }

    @Test
    void does_not_hold_when_more_do_not_fit_than_are_listed() {
        assertThat(with(100_000, NEW).confirming(with(0, OLD)).holds()).isFalse();
    }

    @Test
    void a_set_of_ids_holds_each_once_and_no_other() {
        List<UUID> all = Stream.generate(UUID::randomUUID).limit(10_000).toList();
        DeliveryIds ids = new DeliveryIds();
        all.forEach(ids::add);
        all.forEach(ids::add);

        assertThat(ids.stream()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(all).allMatch(ids::contains);
        assertThat(ids.contains(UUID.randomUUID())).isFalse();
    }
}
