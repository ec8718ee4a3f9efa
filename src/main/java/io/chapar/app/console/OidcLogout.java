package io.chapar.app.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.web.authentication.logout.SimpleUrlLogoutSuccessHandler;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Leads who has logged out here to the provider, to log out there, too (OpenID Connect RP-Initiated Logout 1.0): else the
 * next click would log in again without a question. No ID token is sent as a hint, since none is kept; the provider may
 * ask whether the person means it.
 */
final class OidcLogout extends SimpleUrlLogoutSuccessHandler {

    private static final Logger LOG = LoggerFactory.getLogger(OidcLogout.class);

    private final OidcProvider provider;

    OidcLogout(OidcProvider provider) {
        this.provider = provider;
    }

    @Override
    protected String determineTargetUrl(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication login) {
        if (!(login instanceof OAuth2AuthenticationToken)) {
            return LoginPage.ADDRESS;
        }
        try {
            return provider.endOfSession()
                    .map(there -> address(there, provider.client(), back(request)))
                    .orElse(LoginPage.ADDRESS);
        } catch (OidcRefused away) {
            LOG.warn("somebody has logged out here and not there: {}", away.getMessage());
            return LoginPage.ADDRESS;
        }
    }

    private static String back(HttpServletRequest request) {
        return ServletUriComponentsBuilder.fromContextPath(request)
                .path(LoginPage.ADDRESS)
                .toUriString();
    }

    static String address(String there, String client, String back) {
        // What the provider wrote is escaped already.
        return UriComponentsBuilder.fromUriString(there)
                .queryParam(OAuth2ParameterNames.CLIENT_ID, escaped(client))
                .queryParam("post_logout_redirect_uri", escaped(back))
                .build()
                .toUriString();
    }

    private static String escaped(String value) {
        return UriUtils.encode(value, StandardCharsets.UTF_8);
    }
}
