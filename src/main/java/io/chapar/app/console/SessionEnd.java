package io.chapar.app.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session that has lasted long enough, however much it is used: an open page of Hawtio asks every few seconds, so
 * that it would never be unused.
 */
public final class SessionEnd extends OncePerRequestFilter implements SessionAuthenticationStrategy {

    private static final String BEGAN = SessionEnd.class.getName();

    private final Duration longest;
    private final Clock clock;

    /** @param longest from the login to the end */
    public SessionEnd(Duration longest, Clock clock) {
        if (longest.isZero() || longest.isNegative()) {
            throw new IllegalArgumentException("chapar.sessions.longest must be longer than nothing");
        }
        this.longest = longest;
        this.clock = clock;
    }

    /** Somebody has logged in. */
    @Override
    public void onAuthentication(Authentication login, HttpServletRequest request, HttpServletResponse response) {
        request.getSession().setAttribute(BEGAN, clock.instant());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(BEGAN) instanceof Instant began
                && !clock.instant().isBefore(began.plus(longest))) {
            session.invalidate();
        }
        chain.doFilter(request, response);
    }
}
