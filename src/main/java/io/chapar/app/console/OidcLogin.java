package io.chapar.app.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.web.client.RestClientException;

/**
 * People log in at an identity provider: OpenID Connect Core 1.0, authorization code flow, with PKCE (RFC 7636). From
 * then on they are no different from those who logged in here.
 */
public final class OidcLogin {

    private static final Logger LOG = LoggerFactory.getLogger(OidcLogin.class);

    /** Characters of a line in the log. */
    private static final int LONGEST = 300;

    private final OidcProvider provider;
    private final OidcPeople people;

    /** @throws IllegalStateException naming the setting, when a file is not there or cannot be used */
    public OidcLogin(OidcSettings settings, Clock clock) {
        this.provider = new OidcProvider(settings, clock);
        this.people = new OidcPeople(settings);
    }

    LoginPage page() {
        return LoginPage.byProvider(provider.host());
    }

    OidcLogout logout() {
        return new OidcLogout(provider);
    }

    void configure(HttpSecurity http) throws Exception {
        var requests = new DefaultOAuth2AuthorizationRequestResolver(provider, LoginPage.ADDRESS);
        http.oauth2Login(login -> login.clientRegistrationRepository(provider)
                .authorizedClientRepository(new NoTokens())
                .loginPage(LoginPage.ADDRESS)
                .authorizationEndpoint(begin -> begin.authorizationRequestResolver(requests)
                        .authorizationRequestRepository(new LoginCookie(requests)))
                .redirectionEndpoint(end -> end.baseUri(OidcProvider.RETURN))
                .tokenEndpoint(tokens -> tokens.accessTokenResponseClient(provider.tokens()))
                .userInfoEndpoint(who -> who.oidcUserService(people))
                .successHandler(LoginPage::goOn)
                .failureHandler(OidcLogin::refuse)
                .withObjectPostProcessor(new WhatHasNoSetting()));
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        OidcRefused refused = why instanceof OidcRefused told ? told : judged(why);
        LOG.warn("login refused: {}", line(String.valueOf(refused.getMessage())));
        response.sendRedirect(LoginPage.refused(refused.reason()));
    }

    private static OidcRefused judged(AuthenticationException why) {
        if (why.getCause() instanceof OidcRefused told) {
            return told;
        }
        if (causedBy(why, RestClientException.class)) {
            return new OidcRefused(OidcRefused.Reason.AWAY, "the identity provider does not answer: " + innermost(why));
        }
        if (why.getCause() instanceof JwtValidationException invalid) {
            return new OidcRefused(
                    OidcRefused.Reason.UNPROVEN,
                    invalid.getErrors().stream()
                            .map(OAuth2Error::getDescription)
                            .collect(Collectors.joining(", ")));
        }
        if (why.getCause() instanceof JwtException forged) {
            return new OidcRefused(OidcRefused.Reason.UNPROVEN, String.valueOf(forged.getMessage()));
        }
        // The description of others may be what anybody wrote into the address.
        return new OidcRefused(
                OidcRefused.Reason.UNPROVEN,
                why instanceof OAuth2AuthenticationException coded
                        ? coded.getError().getErrorCode()
                        : why.getClass().getSimpleName());
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    /** The cause of all others, in one line. */
    static String innermost(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return line(cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage()));
    }

    /** What a provider or a stranger wrote must not begin lines of its own. */
    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** Reaches what Spring Security's own words for all this leave out. */
    private final class WhatHasNoSetting implements ObjectPostProcessor<Object> {
        @Override
        public <O> O postProcess(O object) {
            if (object instanceof OAuth2AuthorizationRequestRedirectFilter begin) {
                begin.setAuthenticationFailureHandler(OidcLogin::refuse);
            } else if (object instanceof OAuth2LoginAuthenticationFilter end) {
                end.setAuthenticationResultConverter(OidcPeople::remembered);
            } else if (object instanceof OidcAuthorizationCodeAuthenticationProvider codes) {
                codes.setJwtDecoderFactory(registration -> provider.decoder());
            }
            return object;
        }
    }

    /** Nobody is asked for anything in a person's name, so access and refresh tokens are forgotten at once. */
    private static final class NoTokens implements OAuth2AuthorizedClientRepository {
        @Override
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String registrationId, Authentication principal, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {
            LOG.debug("the tokens of a login are forgotten");
        }

        @Override
        public void removeAuthorizedClient(
                String registrationId,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {
            LOG.debug("there are no tokens to remove");
        }
    }
}
