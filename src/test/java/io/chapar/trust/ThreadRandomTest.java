package io.chapar.trust;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThreadRandomTest {

    private static final int THREADS = 50;
    private static final int EACH = 1_000;

    @BeforeAll
    static void install() {
        ThreadRandom.install();
        ThreadRandom.install();
    }

    private static List<ByteBuffer> numbers(SecureRandom random) {
        return IntStream.range(0, EACH)
                .mapToObj(i -> {
                    byte[] number = new byte[16];
                    random.nextBytes(number);
                    return ByteBuffer.wrap(number);
                })
                .toList();
    }

    @Test
    void whoever_asks_for_a_generator_gets_one_for_each_thread() {
        assertThat(new SecureRandom().getAlgorithm()).isEqualTo("ChaparRandom");
        assertThat(new SecureRandom().generateSeed(20)).hasSize(20);
    }

    @Test
    void no_two_threads_and_no_two_objects_give_a_number_twice() throws Exception {
        SecureRandom shared = new SecureRandom();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        Set<ByteBuffer> all = new HashSet<>();
        try {
            List<Future<List<ByteBuffer>>> made = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                made.add(threads.submit(() -> numbers(shared)));
                made.add(threads.submit(() -> numbers(new SecureRandom())));
            }
            for (Future<List<ByteBuffer>> each : made) {
                all.addAll(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(all).hasSize(2 * THREADS * EACH);
    }

    /** A seed is added to what the system gave, and never stands in its place. */
    @Test
    void the_same_seed_gives_other_numbers() {
        SecureRandom one = new SecureRandom(new byte[32]);
        SecureRandom other = new SecureRandom(new byte[32]);
        one.setSeed(1);
        List<ByteBuffer> first = numbers(one);
        other.setSeed(1);

        assertThat(numbers(other)).doesNotContainAnyElementsOf(first);
    }
}
