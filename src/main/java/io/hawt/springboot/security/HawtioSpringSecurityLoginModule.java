package io.hawt.springboot.security;

import io.hawt.web.auth.RolePrincipal;
import io.hawt.web.auth.UserPrincipal;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.spi.LoginModule;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Tells Hawtio, in its own words, who is logged in: the module before this one put Spring Security's authentication
 * into the subject, and Hawtio looks for principals of its own classes. Decides nothing.
 */
public final class HawtioSpringSecurityLoginModule implements LoginModule {

    private static final String PREFIX = "ROLE_";

    private @Nullable Subject subject;

    @Override
    public void initialize(
            Subject subject, CallbackHandler handler, Map<String, ?> sharedState, Map<String, ?> options) {
        this.subject = subject;
    }

    @Override
    public boolean login() {
        return true;
    }

    @Override
    public boolean commit() {
        if (subject == null) {
            return false;
        }
        Set<Authentication> authentications = subject.getPrincipals(Authentication.class);
        for (Authentication authentication : authentications) {
            subject.getPrincipals().add(new UserPrincipal(authentication.getName()));
            for (var authority : authentication.getAuthorities()) {
                String role = authority.getAuthority();
                subject.getPrincipals()
                        .add(new RolePrincipal(role.startsWith(PREFIX) ? role.substring(PREFIX.length()) : role));
            }
        }
        return !authentications.isEmpty();
    }

    @Override
    public boolean abort() {
        return true;
    }

    @Override
    public boolean logout() {
        return true;
    }
}
