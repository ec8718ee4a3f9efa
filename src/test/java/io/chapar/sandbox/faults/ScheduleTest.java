package io.chapar.sandbox.faults;

import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A failure can be repeated, and every fault comes. */
class ScheduleTest {

    private static final PartyCode CALLED = new PartyCode("SPR");
    private static final PartyCode FETCHING = new PartyCode("MLSPP");
    private static final Map<PartyCode, Party.Channel> RECEIVERS =
            Map.of(CALLED, Party.Channel.SOAP, FETCHING, Party.Channel.MAILBOX);
    private static final int ALL = Fault.values().length;

    private static List<Schedule.Next> come(long seed, int many) {
        Schedule schedule = new Schedule(seed, EnumSet.allOf(Fault.class), RECEIVERS);
        List<Schedule.Next> come = new ArrayList<>();
        while (come.size() < many) {
            come.add(schedule.next());
        }
        return come;
    }

    @Test
    void the_same_seed_makes_the_same_faults_and_another_one_others() {
        assertThat(come(7, 5 * ALL)).isEqualTo(come(7, 5 * ALL));
        assertThat(come(8, 5 * ALL)).isNotEqualTo(come(7, 5 * ALL));
    }

    @Test
    void none_comes_a_second_time_before_all_have_come() {
        assertThat(come(7, ALL)).extracting(Schedule.Next::fault).containsExactlyInAnyOrder(Fault.values());
    }

    @Test
    void a_round_is_over_when_all_of_it_has_come() {
        Schedule schedule = new Schedule(7, EnumSet.of(Fault.KILL, Fault.SLOW), RECEIVERS);
        schedule.next();
        assertThat(schedule.rounds()).isZero();
        schedule.next();
        assertThat(schedule.rounds()).isEqualTo(1);
    }

    @Test
    void who_is_called_is_never_told_to_acknowledge_twice_and_who_fetches_never_to_answer_late() {
        come(7, 20 * ALL).forEach(next -> {
            if (next.fault() == Fault.TWICE) {
                assertThat(next.party()).contains(FETCHING);
            }
            if (next.fault() == Fault.SLOW || next.fault() == Fault.CUT) {
                assertThat(next.party()).contains(CALLED);
            }
            if (next.fault() == Fault.KILL || next.fault() == Fault.LOST_RECEIPT) {
                assertThat(next.party()).isEmpty();
            }
        });
    }
}
