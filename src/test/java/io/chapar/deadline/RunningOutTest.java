package io.chapar.deadline;

import io.chapar.message.Catalogue;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes wrong with one clock that has run out: it stays, is tried again, and is in nobody's way. */
class RunningOutTest {

    private static final String BIRTH = "birth-notification";
    private static final String REGISTRATION = "birth-registration";
    private static final Map<String, String> BORN = Map.of("/child/birthDate", "2019-01-10");
    private static final String OVER = "2019-02-10T20:00:00Z";

    @TempDir
    Path folder;

    private World world;
    private final List<Passage.Arrived> sent = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        world = new World(folder);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Passage.Recorded birth(UUID conversation) throws Exception {
        return world.accepted(World.sample(BIRTH, conversation, BORN));
    }

    private RunningOut refusing() {
        return world.runningOut(world.catalogue, arrived -> {
            sent.add(arrived);
            return new Passage.Refused(arrived, Problem.of(ProblemCode.SCHEMA, "no"), Optional.empty());
        });
    }

    private int sentAt(RunningOut runningOut, String instant) {
        sent.clear();
        world.clock.set(instant);
        runningOut.look();
        return sent.size();
    }

    @Test
    void one_whose_content_cannot_be_opened_stops_no_other() throws Exception {
        Passage.Recorded broken = birth(UUID.randomUUID());
        birth(UUID.randomUUID());
        try (Connection connection = world.database.openWriter();
                PreparedStatement alter = connection.prepareStatement("update content set sealed = ? where part = 0"
                        + " and message = (select min(number) from message)")) {
            alter.setBytes(1, new byte[64]);
            assertThat(alter.executeUpdate()).isEqualTo(1);
            connection.commit();
        }
        world.clock.set(OVER);
        world.runningOut.look();

        assertThat(world.ranOut).containsExactly(BIRTH);
        assertThat(world.record.clocksDue(world.clock.instant(), Optional.empty(), 10))
                .extracting(due -> due.messageId())
                .as("it is not lost")
                .containsExactly(broken.receipt().messageId());
    }

    @Test
    void one_whose_version_has_no_agreement_any_more_waits_until_it_has_one() throws Exception {
        birth(UUID.randomUUID());
        Catalogue without = Mockito.mock(Catalogue.class);
        Mockito.when(without.agreement(new ExchangeVersion(BIRTH, "1.0"))).thenReturn(Optional.empty());
        Function<Passage.Arrived, Passage.Outcome> nobody = arrived -> {
            throw new AssertionError("nothing is sent by no agreement");
        };
        world.clock.set(OVER);
        world.runningOut(without, nobody).look();
        assertThat(world.ranOut).isEmpty();

        world.runningOut.look();
        assertThat(world.ranOut).containsExactly(BIRTH);
    }

    @Test
    void one_that_is_refused_is_tried_again_after_twice_the_time_and_at_least_once_an_hour() throws Exception {
        birth(UUID.randomUUID());
        RunningOut refusing = refusing();

        assertThat(sentAt(refusing, OVER)).isEqualTo(1);
        assertThat(sentAt(refusing, "2019-02-10T20:00:09.999Z")).isZero();
        assertThat(sentAt(refusing, "2019-02-10T20:00:10Z")).isEqualTo(1);
        assertThat(sentAt(refusing, "2019-02-10T20:00:29.999Z")).isZero();
        assertThat(sentAt(refusing, "2019-02-10T20:00:30Z")).isEqualTo(1);
        for (int hours = 10; hours < 24; hours++) {
            assertThat(sentAt(refusing, "2019-02-11T" + hours + ":00:00Z")).isEqualTo(1);
            assertThat(sentAt(refusing, "2019-02-11T" + hours + ":00:09Z")).isZero();
        }
        assertThat(world.ranOut).isEmpty();
        world.runningOut.look();
        assertThat(world.ranOut).containsExactly(BIRTH);
    }

    @Test
    void one_that_rests_keeps_no_other_waiting() throws Exception {
        birth(UUID.randomUUID());
        RunningOut refusing = refusing();
        assertThat(sentAt(refusing, OVER)).isEqualTo(1);
        birth(UUID.randomUUID());

        assertThat(sentAt(refusing, "2019-02-10T20:00:05Z")).isEqualTo(1);
    }

    @Test
    void one_that_is_stopped_while_its_message_is_on_the_way_does_not_rest_when_it_runs_again() throws Exception {
        UUID conversation = UUID.randomUUID();
        birth(conversation);
        List<Passage.Recorded> registrations = new ArrayList<>();
        RunningOut overtaken = world.runningOut(world.catalogue, arrived -> {
            try {
                sent.add(arrived);
                if (registrations.isEmpty()) {
                    registrations.add(world.accepted(World.sample(REGISTRATION, conversation, Map.of())));
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return new Passage.Refused(arrived, Problem.of(ProblemCode.RULE, "stopped meanwhile"), Optional.empty());
        });
        assertThat(sentAt(overtaken, OVER)).isEqualTo(1);
        assertThat(sentAt(overtaken, OVER)).as("stopped").isZero();
        world.accepted(World.sample(
                REGISTRATION,
                conversation,
                Map.of(
                        "/header/action",
                        "withdraw",
                        "/header/corrects",
                        registrations.get(0).receipt().messageId().toString())));

        assertThat(sentAt(overtaken, "2019-02-10T20:00:01Z")).isEqualTo(1);
    }
}
