package io.chapar.console;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Who may log in. Read from a file (setting {@code chapar.users}):
 *
 * <pre>
 * users:
 *   - name: leyla
 *     roles: [operator]
 *     password: $2y$12$...     # htpasswd -nBC 12 leyla
 * </pre>
 *
 * All hashes have the same cost: a name whose hash is faster than the others' would be known by the time of its answer.
 *
 * Without one, a sandbox has one user for each role, with a password that everybody can know; production refuses them.
 */
public final class Users {

    private static final String SETTING = "chapar.users";
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}");
    private static final int LEAST_COST = 10;

    /** Of passwords that everybody knows: a slow hash would only make each start slower. */
    private static final int SANDBOX_COST = 4;

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, User> byName;

    private Users(Map<String, User> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** @throws IllegalStateException naming the setting, when production would start without users of its own */
    public static Users of(Optional<Path> file, boolean production) {
        if (file.isEmpty()) {
            if (production) {
                throw new IllegalStateException(SETTING + " names no file: production has no users by default");
            }
            return sandbox();
        }
        Map<String, User> users = read(file.get());
        if (production) {
            users.values().forEach(Users::refuseSandboxPassword);
        }
        return new Users(users);
    }

    /** Nobody has a password. */
    public static Users none() {
        return new Users(Map.of());
    }

    /** Whether anybody has a password. */
    public boolean any() {
        return !byName.isEmpty();
    }

    public Optional<User> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** To compare with when nobody has the name, so that the time of an answer does not tell: all have the same cost. */
    public String nobodysPassword() {
        int cost = byName.values().stream()
                .findAny()
                .map(user -> cost(user.password()))
                .orElse(LEAST_COST);
        return BCrypt.hashpw("nobody", BCrypt.gensalt(cost));
    }

    private static int cost(String hash) {
        return Integer.parseInt(hash.substring(4, 6));
    }

    /** The sandbox's password for a role: {@code viewer-sandbox} and so on. */
    public static String sandboxPassword(Role role) {
        return role.code() + "-sandbox";
    }

    private static Users sandbox() {
        Map<String, User> users = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            String password = BCrypt.hashpw(sandboxPassword(role), BCrypt.gensalt(SANDBOX_COST));
            users.put(role.code(), new User(role.code(), EnumSet.of(role), password));
        }
        return new Users(users);
    }

    private static Map<String, User> read(Path file) {
        JsonNode content;
        try {
            content = YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(SETTING + ": the file " + file + " cannot be read", e);
        }
        Map<String, User> users = new LinkedHashMap<>();
        for (JsonNode entry : content.path("users")) {
            User user = user(file, entry);
            if (users.put(user.name(), user) != null) {
                throw wrong(file, user.name() + " is there twice");
            }
        }
        if (users.isEmpty()) {
            throw wrong(file, "it names no users");
        }
        SortedSet<Integer> costs = users.values().stream()
                .map(user -> cost(user.password()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (costs.size() > 1) {
            throw wrong(
                    file,
                    "the bcrypt hashes have the costs " + costs + ": give all the same, or the time of an answer tells"
                            + " which names there are");
        }
        return users;
    }

    private static User user(Path file, JsonNode entry) {
        String name = entry.path("name").asText();
        if (name.isBlank()) {
            throw wrong(file, "an entry has no name");
        }
        String password = entry.path("password").asText();
        if (!BCRYPT.matcher(password).matches() || cost(password) < LEAST_COST) {
            throw wrong(file, "the password of " + name + " is no bcrypt hash of cost " + LEAST_COST + " or more");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (JsonNode role : entry.path("roles")) {
            roles.add(Role.of(role.asText())
                    .orElseThrow(() -> wrong(file, name + " has the role " + role.asText() + ", which is none")));
        }
        if (roles.isEmpty()) {
            throw wrong(file, name + " has no role");
        }
        return new User(name, roles, password);
    }

    private static void refuseSandboxPassword(User user) {
        if (Arrays.stream(Role.values()).anyMatch(role -> BCrypt.checkpw(sandboxPassword(role), user.password()))) {
            throw new IllegalStateException(SETTING + ": " + user.name() + " has a password of the sandbox");
        }
    }

    private static IllegalStateException wrong(Path file, String what) {
        return new IllegalStateException(SETTING + ": in " + file + ", " + what);
    }
}
