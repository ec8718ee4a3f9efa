package io.chapar.app.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Shows the form to log in with: one page without scripts. */
final class LoginPage extends OncePerRequestFilter {

    static final String ADDRESS = "/hawtio/login";

    private final String page;

    LoginPage() {
        try (InputStream in = LoginPage.class.getResourceAsStream("/console/login.html")) {
            if (in == null) {
                throw new IllegalStateException("console/login.html is missing from the program");
            }
            page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!"GET".equals(request.getMethod()) || !ADDRESS.equals(request.getServletPath())) {
            chain.doFilter(request, response);
            return;
        }
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        // the token is made here, of letters, digits and hyphens: nothing in it needs escaping
        String shown = page.replace("{csrf}", token.getToken())
                .replace("{failed}", request.getParameter("error") == null ? "hidden" : "");
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream().write(shown.getBytes(StandardCharsets.UTF_8));
    }
}
