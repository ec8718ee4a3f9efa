package io.chapar.app.console;

import io.chapar.console.LoginThrottle;
import io.chapar.console.Role;
import io.chapar.console.Users;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LocalLoginTest {

    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";
    private static final String RIGHT = Users.sandboxPassword(Role.ADMIN);

    private final AuthenticationProvider login =
            new LocalLogin(Users.of(Optional.empty(), false), new LoginThrottle(Clock.systemUTC()));

    private Authentication tries(String name, String password, String address) {
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
}
