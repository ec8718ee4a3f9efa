package io.chapar.app.console;

import io.chapar.console.LoginThrottle;
import io.chapar.console.Role;
import io.chapar.console.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.bcrypt.BCrypt;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class LocalLoginTest {

    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";
    private static final String RIGHT = Users.sandboxPassword(Role.ADMIN);

    @TempDir
    private Path folder;

    private final AuthenticationProvider login =
            new LocalLogin(Users.of(Optional.empty(), false), new LoginThrottle(Clock.systemUTC()));

    private Authentication tries(String name, String password, String address) {
        return tries(login, name, password, address);
    }

    private static Authentication tries(AuthenticationProvider login, String name, String password, String address) {
        UsernamePasswordAuthenticationToken asked = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        asked.setDetails(new WebAuthenticationDetails(address, null));
        return login.authenticate(asked);
    }

    private void fails(int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> tries("admin", "wrong", HERE)).isInstanceOf(BadCredentialsException.class);
        }
    }

    @Test
    void refused_even_with_the_right_password_after_five_wrong_ones_from_there_and_only_there() {
        fails(5);
        assertThatThrownBy(() -> tries("admin", RIGHT, HERE)).isInstanceOf(LockedException.class);
        assertThat(tries("admin", RIGHT, ELSEWHERE).isAuthenticated()).isTrue();
    }

    @Test
    void refused_in_the_same_words_whether_somebody_has_the_name_or_nobody() {
        assertThatThrownBy(() -> tries("nobody", "wrong", HERE)).hasMessage("wrong name or password");
        assertThatThrownBy(() -> tries("admin", "wrong", HERE)).hasMessage("wrong name or password");
    }

    @Test
    void refused_when_bcrypt_would_cut_what_was_typed() {
        assertThatThrownBy(() -> tries("admin", RIGHT + "x".repeat(72), HERE))
                .isInstanceOf(BadCredentialsException.class);
    }

    @Test
    void what_was_typed_wrongly_before_is_forgotten_after_a_login() {
        fails(4);
        assertThat(tries("admin", RIGHT, HERE).isAuthenticated()).isTrue();
        fails(4);
        assertThat(tries("admin", RIGHT, HERE).isAuthenticated()).isTrue();
    }

    /** Slow hashes: all of them are in it at the same time. */
    @Test
    void refused_after_five_wrong_ones_also_when_many_are_tried_at_once() throws Exception {
        int tries = 12;
        AuthenticationProvider slow = new LocalLogin(people(10), new LoginThrottle(Clock.systemUTC()));
        CyclicBarrier start = new CyclicBarrier(tries);
        ExecutorService many = Executors.newFixedThreadPool(tries);
        try {
            List<Future<Throwable>> ends = many.invokeAll(Collections.nCopies(tries, () -> {
                start.await();
                return catchThrowable(() -> tries(slow, "name0", "wrong", HERE));
            }));
            int lookedAt = 0;
            for (Future<Throwable> end : ends) {
                assertThat(end.get()).isInstanceOfAny(BadCredentialsException.class, LockedException.class);
                lookedAt += end.get() instanceof BadCredentialsException ? 1 : 0;
            }
            assertThat(lookedAt).isEqualTo(5);
        } finally {
            many.shutdownNow();
        }
    }

    @Test
    void a_name_that_nobody_has_is_compared_with_as_slow_a_hash_as_one_that_somebody_has() throws Exception {
        List<String> compared = new ArrayList<>();
        AuthenticationProvider recorded =
                new LocalLogin(people(11), new LoginThrottle(Clock.systemUTC()), (given, hash) -> {
                    compared.add(hash);
                    return BCrypt.checkpw(given, hash);
                });

        for (String name : List.of("name0", "nobody")) {
            assertThatThrownBy(() -> tries(recorded, name, "wrong", HERE)).isInstanceOf(BadCredentialsException.class);
        }
        assertThat(compared).hasSize(2).allMatch(hash -> hash.startsWith("$2a$11$"));
    }

    /** One whose hash is faster would be known by the time of its answer. */
    @Test
    void refused_at_the_start_when_not_all_hashes_have_the_same_cost() {
        assertThatThrownBy(() -> people(11, 10, 11))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chapar.users")
                .hasMessageContaining("[10, 11]")
                .hasMessageNotContaining("\n");
    }

    /** Somebody for each cost: {@code name0} and so on. */
    private Users people(int... costs) throws IOException {
        String people = IntStream.range(0, costs.length)
                .mapToObj(i -> " - {name: name" + i + ", roles: [viewer], password: '"
                        + BCrypt.hashpw("right", BCrypt.gensalt(costs[i])) + "'}\n")
                .collect(Collectors.joining());
        return Users.of(Optional.of(Files.writeString(folder.resolve("users.yaml"), "users:\n" + people)), false);
    }
}
