package io.chapar.trust;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.US_ASCII;
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

    /** In virtual machines of their own: within one a counter tells any two generators apart. */
    @Test
    void a_seed_is_added_to_what_the_system_gave_and_never_stands_in_its_place() throws Exception {
        assertThat(firstNumber()).isNotEqualTo(firstNumber());
    }

    private static String firstNumber() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Seeded.class.getName())
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
            assertThat(process.waitFor()).isZero();
            assertThat(said).hasSize(32);
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Says the first number of a generator that is seeded before it is used. */
    static final class Seeded {

        private Seeded() {}

        public static void main(String[] none) throws Exception {
            ThreadRandom.install();
            Thread thread = new Thread(() -> {
                SecureRandom random = new SecureRandom(new byte[32]);
                byte[] number = new byte[16];
                random.nextBytes(number);
                System.out.println(HexFormat.of().formatHex(number));
            });
            thread.start();
            thread.join();
        }
    }
}
