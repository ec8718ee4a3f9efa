package io.chapar.app.console;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.RequestEntity;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ClientSettings;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * The identity provider of {@code chapar.oidc.issuer}. It is asked when somebody logs in, not at the start: a gateway
 * starts and delivers whether or not it answers. What it says about itself (OpenID Connect Discovery 1.0, section 4) is
 * asked for again after an hour; that it did not answer is remembered for a moment, so that a crowd does not wait for it.
 */
final class OidcProvider implements ClientRegistrationRepository {

    /** The only one there is. */
    static final String ID = "oidc";

    /** Where the provider sends people back to. */
    static final String RETURN = LoginPage.ADDRESS + "/" + ID + "/code";

    /** OpenID Connect RP-Initiated Logout 1.0, section 2.1. */
    private static final String END_OF_SESSION = "end_session_endpoint";

    private static final Duration BELIEVED = Duration.ofHours(1);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
    private static final ParameterizedTypeReference<Map<String, Object>> DOCUMENT =
            new ParameterizedTypeReference<>() {};

    private final OidcSettings settings;
    private final String issuer;
    private final String secret;
    private final Clock clock;
    private final ClientHttpRequestFactory line;
    private @Nullable Known known;
    private @Nullable Silence silence;

    private record Known(ClientRegistration registration, JwtDecoder decoder, Instant until) {}

    private record Silence(String why, Instant until) {}

    /** @throws IllegalStateException naming the setting, when a file is not there or cannot be used */
    OidcProvider(OidcSettings settings, Clock clock) {
        this.settings = settings;
        this.issuer = Objects.requireNonNull(settings.issuer()).toString();
        this.secret = settings.clientSecret();
        this.clock = clock;
        this.line = OidcLine.trusting(settings.trusted());
    }

    String host() {
        return URI.create(issuer).getHost();
    }

    /** @throws OidcRefused when the provider does not answer, or not as one */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String registrationId) {
        return ID.equals(registrationId) ? known().registration() : null;
    }

    /** @throws OidcRefused when the provider does not answer, or not as one */
    JwtDecoder decoder() {
        return known().decoder();
    }

    /**
     * Where somebody logs out; none, when the provider has no such place, or one that is not https.
     *
     * @throws OidcRefused when the provider does not answer, or not as one
     */
    Optional<String> endOfSession() {
        return usable(known().registration()
                .getProviderDetails()
                .getConfigurationMetadata()
                .get(END_OF_SESSION));
    }

    /** An optional page that is no good is none: nobody's login hangs on it. */
    static Optional<String> usable(@Nullable Object page) {
        return Optional.ofNullable(page).map(String::valueOf).filter(OidcProvider::isProtected);
    }

    private static boolean isProtected(String address) {
        return address.startsWith("https://");
    }

    /** As whom the provider knows this gateway. */
    String client() {
        return settings.clientId();
    }

    /** Asks the provider for the tokens of a code. */
    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens() {
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(line)
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return tokens;
    }

    private synchronized Known known() {
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.until())) {
            return known;
        }
        if (silence != null && now.isBefore(silence.until())) {
            throw new OidcRefused(OidcRefused.Reason.AWAY, silence.why());
        }
        try {
            known = asked(now);
            silence = null;
            return known;
        } catch (RuntimeException e) {
            String why = issuer + " cannot be asked for logins: " + OidcLogin.innermost(e);
            silence = new Silence(why, clock.instant().plus(LEFT_ALONE));
            throw new OidcRefused(OidcRefused.Reason.AWAY, why);
        }
    }

    private Known asked(Instant now) {
        RestTemplate rest = new RestTemplate(line);
        URI address = URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
        Map<String, Object> document = Objects.requireNonNull(
                rest.exchange(RequestEntity.get(address).build(), DOCUMENT).getBody(), "an empty answer");
        require(issuer.equals(document.get("issuer")), "it names itself otherwise: " + document.get("issuer"));
        ClientRegistration registration = ClientRegistrations.fromOidcConfiguration(document)
                .registrationId(ID)
                .clientId(settings.clientId())
                .clientSecret(secret)
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .redirectUri("{baseUrl}" + RETURN)
                .scope(Stream.concat(Stream.of(OidcScopes.OPENID), settings.scopes().stream())
                        .distinct()
                        .toList())
                .build();
        ClientRegistration.ProviderDetails details = registration.getProviderDetails();
        require(
                Stream.of(details.getAuthorizationUri(), details.getTokenUri(), details.getJwkSetUri())
                        .allMatch(each -> isProtected(String.valueOf(each))),
                "one of its addresses is not https");
        return new Known(registration, IdTokens.of(registration, rest, clock), now.plus(BELIEVED));
    }

    private static void require(boolean holds, String why) {
        if (!holds) {
            throw new IllegalStateException(why);
        }
    }
}
