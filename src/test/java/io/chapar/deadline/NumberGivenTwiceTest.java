package io.chapar.deadline;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** That a number is given once is the register's duty: what comes of one that is given twice, as its schema says. */
class NumberGivenTwiceTest {

    private static final Map<String, String> BORN = Map.of("/child/birthDate", "2019-01-10");
    private static final Map<String, String> ASSIGNED = Map.of("/identificationNumber", "7KM20PQ");
    private static final String OVER = "2019-02-10T20:00:00Z";

    @Test
    void it_is_taken_and_the_registration_that_names_it_ends_the_waiting_in_both_conversations(@TempDir Path folder)
            throws Exception {
        try (World world = new World(folder)) {
            for (UUID conversation : new UUID[] {UUID.randomUUID(), UUID.randomUUID()}) {
                world.accepted(World.sample("birth-notification", conversation, BORN));
                world.accepted(World.sample("identification-number-assigned", conversation, ASSIGNED));
            }
            world.accepted(World.sample("birth-notification", UUID.randomUUID(), BORN));
            world.accepted(World.sample(
                    "birth-registration", UUID.randomUUID(), Map.of("/child/identificationNumber", "7KM20PQ")));

            world.clock.set(OVER);
            world.runningOut.look();

            assertThat(world.ranOut).as("of three births").containsExactly("birth-notification");
        }
    }
}
