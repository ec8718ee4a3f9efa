package io.chapar.sandbox.agency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryMemoryTest {

    private final UUID delivery = UUID.randomUUID();

    @Test
    void the_second_time_is_told_from_the_first() {
        try (DeliveryMemory memory = DeliveryMemory.whileRunning()) {
            assertThat(memory.first(delivery)).isTrue();
            assertThat(memory.first(delivery)).isFalse();
            assertThat(memory.first(UUID.randomUUID())).isTrue();
        }
    }

    @Test
    void a_repeat_is_told_after_a_restart_too(@TempDir Path folder) {
        try (DeliveryMemory memory = DeliveryMemory.onDisk(folder)) {
            assertThat(memory.first(delivery)).isTrue();
        }
        try (DeliveryMemory memory = DeliveryMemory.onDisk(folder)) {
            assertThat(memory.first(delivery)).isFalse();
        }
    }

    @Test
    void half_an_entry_left_by_a_crash_is_no_delivery(@TempDir Path folder) throws IOException {
        try (DeliveryMemory memory = DeliveryMemory.onDisk(folder)) {
            assertThat(memory.first(delivery)).isTrue();
        }
        Files.write(folder.resolve("deliveries.ids"), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        UUID later = UUID.randomUUID();
        try (DeliveryMemory memory = DeliveryMemory.onDisk(folder)) {
            assertThat(memory.first(delivery)).isFalse();
            assertThat(memory.first(later)).isTrue();
        }
        try (DeliveryMemory memory = DeliveryMemory.onDisk(folder)) {
            assertThat(memory.first(later)).isFalse();
        }
    }
}
