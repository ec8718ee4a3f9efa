package io.chapar.app.console;

import io.chapar.console.LoginThrottle;
import io.chapar.console.User;
import io.chapar.console.Users;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.bcrypt.BCrypt;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Logs in the users of {@code chapar.users}. */
public final class LocalLogin implements AuthenticationProvider {

    private static final Logger LOG = LoggerFactory.getLogger(LocalLogin.class);

    /** In bytes; longer ones bcrypt would cut. */
    private static final int LONGEST_PASSWORD = 72;

    private final Users users;
    private final LoginThrottle throttle;
    private final String nobodysPassword;
    private final BiPredicate<String, String> isOfHash;

    public LocalLogin(Users users, LoginThrottle throttle) {
        this(users, throttle, BCrypt::checkpw);
    }

    /** @param isOfHash whether a password is that of a hash */
    LocalLogin(Users users, LoginThrottle throttle, BiPredicate<String, String> isOfHash) {
        this.users = users;
        this.throttle = throttle;
        this.isOfHash = isOfHash;
        this.nobodysPassword = users.nobodysPassword();
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        String name = asked.getName();
        String address = asked.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
        if (!throttle.mayTry(name, address)) {
            throw new LockedException("too many failures");
        }
        Optional<User> user = users.named(name);
        String given = String.valueOf(asked.getCredentials());
        boolean right = given.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD
                && isOfHash.test(given, user.map(User::password).orElse(nobodysPassword));
        if (user.isEmpty() || !right) {
            // what was typed as a name may be a password
            LOG.warn("login failed{}", user.map(known -> " for " + known.name()).orElse(" for an unknown name"));
            throw new BadCredentialsException("wrong name or password");
        }
        throttle.succeeded(name, address);
        return UsernamePasswordAuthenticationToken.authenticated(
                name,
                null,
                user.get().roles().stream()
                        .map(role -> new SimpleGrantedAuthority("ROLE_" + role.code()))
                        .toList());
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
