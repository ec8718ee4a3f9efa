package io.chapar.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UsersTest {

    private static final int COST = 10;

    @TempDir
    Path folder;

    private Path file(String password) throws IOException {
        return Files.writeString(
                folder.resolve("users.yaml"),
                "users:\n- name: leyla\n  roles: [viewer]\n  password: " + BCrypt.hashpw(password, BCrypt.gensalt(COST))
                        + "\n");
    }

    @Test
    void production_does_not_start_without_users_of_its_own() {
        assertThatThrownBy(() -> Users.of(Optional.empty(), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("chapar.users")
                .hasMessageContaining("production has no users by default");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void production_does_not_start_when_somebody_has_a_password_of_the_sandbox(Role role) throws IOException {
        Path file = file(Users.sandboxPassword(role));
        assertThatThrownBy(() -> Users.of(Optional.of(file), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("leyla has a password of the sandbox");
        assertThat(Users.of(Optional.of(file), false).named("leyla")).isPresent();
    }

    @Test
    void production_starts_with_passwords_of_its_own_and_none_of_the_sandboxs_users() throws IOException {
        Users users = Users.of(Optional.of(file("a password of her own")), true);
        assertThat(users.named("leyla")).isPresent();
        assertThat(users.named("admin")).isEmpty();
    }
}
