package io.chapar.console;

import io.chapar.record.ParkedDeliveries;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is refused before the record is asked at all. */
class ParkedTest {

    private static ParkedDeliveries untouched() {
        throw new AssertionError("the record was asked");
    }

    private final Parked parked = new Parked(ParkedTest::untouched, () -> Optional.of("leyla"));

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "17", "*", "5d0d1c6e-3f0b-4b53-9b0e"})
    void refused_when_it_is_no_id_of_a_delivery(String id) {
        ParkedMXBean.Answer answer = parked.sendAgain(id);

        assertThat(answer.getSent()).isZero();
        assertThat(answer.getText()).contains("UUID");
    }

    @Test
    void refused_when_nobody_is_logged_in() {
        Parked nobodys = new Parked(ParkedTest::untouched, Optional::empty);

        assertThat(nobodys.sendAgain(UUID.randomUUID().toString()).getText()).contains("nobody is logged in");
        assertThat(nobodys.sendAllAgain("*", "", "", "", "").getText()).contains("nobody is logged in");
    }

    @Test
    void refused_when_all_would_be_meant_by_saying_nothing() {
        ParkedMXBean.Answer answer = parked.sendAllAgain("", null, " ", "", null);

        assertThat(answer.getSent()).isZero();
        assertThat(answer.getText()).contains("say what is meant");
    }

    @ParameterizedTest
    @CsvSource({"no party, '', ''", "SPR, %, ''", "SPR, '', yesterday", "SPR, '', 2019-01-31T08:00:00"})
    void refused_when_the_filter_cannot_be_read(String receiver, String code, String after) {
        assertThat(parked.sendAllAgain(receiver, "", code, after, "").getText()).startsWith("Nothing was sent");
        assertThat(parked.list(receiver, "", code, after, "").isUnderstood()).isFalse();
    }
}
