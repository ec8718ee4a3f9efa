package io.chapar.app.console;

import java.time.Clock;
import java.util.Set;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestOperations;

/** Verifies ID tokens (OpenID Connect Core 1.0, section 3.1.3.7), but for the nonce, which whoever asked knows. */
final class IdTokens {

    /** With a key pair, none weaker than what parties may sign with: so no {@code none}, and no secret as a key. */
    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(
            SignatureAlgorithm.ES256, SignatureAlgorithm.ES384, SignatureAlgorithm.PS256, SignatureAlgorithm.RS256);

    private IdTokens() {}

    /** Of this client at this issuer, signed with a key of the issuer's own list, and of now. */
    static JwtDecoder of(ClientRegistration client, RestOperations line, Clock clock) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                        client.getProviderDetails().getJwkSetUri())
                .jwsAlgorithms(taken -> taken.addAll(ALGORITHMS))
                .restOperations(line)
                .build();
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setClock(clock);
        OidcIdTokenValidator claims = new OidcIdTokenValidator(client);
        claims.setClock(clock);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, claims));
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        return token -> decoded(decoder, token);
    }

    private static Jwt decoded(JwtDecoder decoder, String token) {
        Jwt decoded;
        try {
            decoded = decoder.decode(token);
        } catch (IllegalArgumentException e) {
            throw new BadJwtException("a claim is not of its type", e);
        }
        if (!token.equals(token.trim())) {
            // The library passes over them.
            throw new BadJwtException("white space or control characters stand before or behind it");
        }
        return decoded;
    }
}
