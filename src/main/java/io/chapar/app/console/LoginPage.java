package io.chapar.app.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Shows how to log in: one page without scripts. */
final class LoginPage extends OncePerRequestFilter {

    static final String ADDRESS = "/hawtio/login";

    /** Where somebody who is logged in begins. */
    static final String HOME = "/hawtio/";

    private static final String WRONG_PASSWORD = "error";
    private static final String REFUSED = "refused";

    private static final Map<String, String> SAID = Map.of(
            WRONG_PASSWORD,
            "Wrong name or password, or too many attempts: wait a minute.",
            OidcRefused.Reason.NO_ROLE.code(),
            "The identity provider knows you, and you have no role here. Whoever gives roles there can change that.",
            OidcRefused.Reason.AWAY.code(),
            "The identity provider does not answer, so nobody can log in just now. Try again in a minute.",
            OidcRefused.Reason.UNPROVEN.code(),
            "That login was broken off, took too long, or proves nothing. Begin again; if that does not help, the log of"
                    + " the gateway says why.");

    private final String page;

    private LoginPage(String way) {
        page = text("login.html").replace("{way}", way.strip());
    }

    /** Asks for name and password. */
    static LoginPage byPassword() {
        return new LoginPage(text("login-by-password.html"));
    }

    /** @param provider the host of the identity provider to which it leads */
    static LoginPage byProvider(String provider) {
        // of letters, digits, dots, hyphens and colons: nothing in it needs escaping
        return new LoginPage(text("login-by-provider.html").replace("{provider}", provider));
    }

    /** The address of the page that says so. */
    static String refused(OidcRefused.Reason reason) {
        return ADDRESS + "?" + REFUSED + "=" + reason.code();
    }

    /** Says so, and keeps nothing of it: a session is for who is logged in. */
    static void wrongPassword(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        response.sendRedirect(ADDRESS + "?" + WRONG_PASSWORD);
    }

    /**
     * Goes on to Hawtio from a page of ours. A redirect would still be led here by the identity provider, and a browser
     * would not send the session's cookie along.
     */
    static void goOn(HttpServletRequest request, HttpServletResponse response, Authentication login)
            throws IOException {
        response.setHeader("Refresh", "0;url=" + HOME);
        write(response, text("logged-in.html"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!"GET".equals(request.getMethod()) || !ADDRESS.equals(request.getServletPath())) {
            chain.doFilter(request, response);
            return;
        }
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        String asked = request.getParameter(WRONG_PASSWORD) != null
                ? WRONG_PASSWORD
                : String.valueOf(request.getParameter(REFUSED));
        String said = SAID.getOrDefault(asked, "");
        // the token is made here, of letters, digits and hyphens: nothing in it needs escaping
        write(
                response,
                page.replace("{csrf}", token.getToken())
                        .replace("{hidden}", said.isEmpty() ? "hidden" : "")
                        .replace("{said}", said));
    }

    private static void write(HttpServletResponse response, String html) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream().write(html.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String name) {
        try (InputStream in = LoginPage.class.getResourceAsStream("/console/" + name)) {
            if (in == null) {
                throw new IllegalStateException("console/" + name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
