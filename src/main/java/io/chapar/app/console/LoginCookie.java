package io.chapar.app.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.web.util.WebUtils;

/**
 * Ties the answer of the identity provider to the browser in which the login was begun: state, nonce and the verifier of
 * PKCE are in a cookie of that browser. The session's cookie cannot do that: it is not sent along when another site leads
 * here, and must not be. Nothing is kept here meanwhile, so whoever begins logins without end fills nothing.
 */
final class LoginCookie implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    static final String NAME = "__Host-chapar-login";

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String SEPARATOR = ".";
    private static final int PARTS = 3;

    private final OAuth2AuthorizationRequestResolver requests;

    /** @param requests makes a request of the same settings, with state, nonce and verifier of its own */
    LoginCookie(OAuth2AuthorizationRequestResolver requests) {
        this.requests = requests;
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest begun, HttpServletRequest request, HttpServletResponse response) {
        if (begun != null) {
            String value = String.join(
                    SEPARATOR,
                    begun.getState(),
                    Objects.requireNonNull(begun.<String>getAttribute(OidcParameterNames.NONCE)),
                    Objects.requireNonNull(begun.<String>getAttribute(PkceParameterNames.CODE_VERIFIER)));
            set(response, value, PATIENCE);
        }
    }

    /** Of the login that was begun in this browser and which the answer's {@code state} names; otherwise none. */
    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        String answered = request.getParameter(OAuth2ParameterNames.STATE);
        if (cookie == null || answered == null) {
            return null;
        }
        String[] parts = cookie.getValue().split("\\" + SEPARATOR, -1);
        if (parts.length != PARTS || !same(parts[0], answered)) {
            return null;
        }
        OAuth2AuthorizationRequest alike = requests.resolve(request, OidcProvider.ID);
        return OAuth2AuthorizationRequest.from(alike)
                .state(parts[0])
                .attributes(attributes -> attributes.putAll(
                        Map.of(OidcParameterNames.NONCE, parts[1], PkceParameterNames.CODE_VERIFIER, parts[2])))
                .build();
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest begun = loadAuthorizationRequest(request);
        set(response, "", Duration.ZERO);
        return begun;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static void set(HttpServletResponse response, String value, Duration age) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(NAME, value)
                        .path("/")
                        .secure(true)
                        .httpOnly(true)
                        .sameSite("Lax")
                        .maxAge(age)
                        .build()
                        .toString());
    }
}
