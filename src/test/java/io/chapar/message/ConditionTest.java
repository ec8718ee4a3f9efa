package io.chapar.message;

import io.chapar.message.Agreement.Condition;
import io.chapar.message.Agreement.Condition.Test;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConditionTest {

    private static final Fields CITIZEN = new Fields(Map.of("person", Map.of("nationality", "AZE")));

    @ParameterizedTest
    @CsvSource({
        "IN,      AZE, true",
        "IN,      TUR, false",
        "NOT_IN,  AZE, false",
        "NOT_IN,  TUR, true",
    })
    void the_value_decides(Test test, String value, boolean holds) {
        assertThat(new Condition("/person/nationality", test, Set.of(value)).holds(CITIZEN))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"/person/nationality, true", "/person, true", "/person/sex, false"})
    void presence_decides(String pointer, boolean holds) {
        assertThat(new Condition(pointer, Test.PRESENT, Set.of()).holds(CITIZEN))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"IN", "NOT_IN", "PRESENT"})
    void a_field_that_is_absent_answers_no(Test test) {
        assertThat(new Condition("/person/sex", test, Set.of("M")).holds(CITIZEN))
                .isFalse();
    }
}
