package io.chapar.record;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryIdsTest {

    private final DeliveryIds ids = new DeliveryIds();

    @Test
    void holds_what_a_set_holds_whatever_is_added_and_removed() {
        Random random = new Random(1001);
        Set<UUID> expected = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            UUID id = new UUID(random.nextInt(60), random.nextInt(60));
            if (id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0) {
                continue;
            }
            if (random.nextInt(3) == 0) {
                expected.remove(id);
                ids.remove(id);
            } else {
                expected.add(id);
                ids.add(id);
            }
            assertThat(ids.contains(id)).isEqualTo(expected.contains(id));
        }
        assertThat(ids.stream()).containsExactlyInAnyOrderElementsOf(expected);
        expected.forEach(ids::remove);
        assertThat(ids.isEmpty()).isTrue();
        assertThat(ids.stream()).isEmpty();
    }
}
