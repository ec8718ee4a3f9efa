package io.chapar.app.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses an address that is written otherwise than it is read: escaped letters, parameters of a path, dots. Who looks at it
 * behind this filter reads one address and no second one.
 */
public final class PlainAddress extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String read = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        if (request.getRequestURI().equals(read)) {
            chain.doFilter(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        }
    }
}
