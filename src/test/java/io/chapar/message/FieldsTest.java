package io.chapar.message;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FieldsTest {

    private static final Fields SAID = new Fields(Map.of(
            "header", Map.of("messageId", "1"),
            "cell", List.of(Map.of("count", 7), Map.of("count", 8, "region", "AZ-GA")),
            "empty", Map.of()));

    @ParameterizedTest
    @CsvSource({
        "/cell/count /empty, /cell/region",
        "/cell, /empty",
        "/empty /cell/region, /cell/count",
        "/cell/count/more /cell/region /empty, /cell/count"
    })
    void the_first_place_that_was_not_granted_is_told_also_within_a_list(String granted, String told) {
        assertThat(SAID.beyond(List.of(granted.split(" ")))).contains(told);
    }

    @Test
    void nothing_is_beyond_what_was_granted_with_all_that_is_below_it() {
        assertThat(SAID.beyond(List.of("/cell", "/empty"))).isEmpty();
        assertThat(SAID.beyond(List.of("/cell/count", "/cell/region", "/empty/more")))
                .isEmpty();
        assertThat(new Fields(Map.of("header", Map.of("messageId", "1"))).beyond(List.of()))
                .isEmpty();
    }

    @Test
    void what_may_be_shown_is_never_beyond() {
        for (List<String> granted : List.of(List.<String>of(), List.of("/cell/region"), List.of("/cell", "/none"))) {
            assertThat(SAID.shown(granted).beyond(granted)).isEmpty();
        }
    }
}
