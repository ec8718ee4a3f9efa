package io.chapar.app.console;

import io.chapar.fuzz.Seeds;
import io.chapar.fuzz.Target;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.client.RestTemplate;

import static io.chapar.fuzz.Target.promise;
import static java.nio.charset.StandardCharsets.UTF_8;

/** An ID token, which came by way of somebody's browser. */
public final class IdTokenTarget implements Target {

    /** When the seed was issued, an hour before it expires. */
    public static final Instant ISSUED = Instant.parse("2026-11-30T12:00:00Z");

    public static final String ISSUER = "https://people.example";
    public static final String CLIENT = "chapar";

    /** Who the seed is about. */
    public static final String SUBJECT = "ada";

    private final JwtDecoder decoder;
    private final String seed;

    public IdTokenTarget() {
        byte[] keys = Seeds.bytes(Seeds.PKI.resolve("identity-provider.json"));
        RestTemplate line = new RestTemplate((address, method) -> {
            MockClientHttpRequest request = new MockClientHttpRequest(method, address);
            request.setResponse(new MockClientHttpResponse(keys, HttpStatus.OK));
            return request;
        });
        ClientRegistration client = ClientRegistration.withRegistrationId("people")
                .clientId(CLIENT)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("https://localhost/return")
                .authorizationUri(ISSUER + "/authorize")
                .tokenUri(ISSUER + "/token")
                .jwkSetUri(ISSUER + "/keys")
                .issuerUri(ISSUER)
                .build();
        decoder = IdTokens.of(client, line, Clock.fixed(ISSUED.plusSeconds(1), ZoneOffset.UTC));
        seed = new String(Seeds.bytes(Seeds.FOLDER.resolve("id-token/es256")), UTF_8);
        // Throws when it verifies no more.
        decoder.decode(seed);
    }

    @Override
    public void take(byte[] input) {
        Jwt token;
        try {
            token = decoder.decode(new String(input, UTF_8));
        } catch (JwtException refused) {
            Objects.requireNonNull(refused.getMessage());
            return;
        }
        promise(signed(token.getTokenValue()).equals(signed(seed)), "nothing verifies but what the provider signed");
    }

    /** All but the signature, of which there is more than one for the same. */
    private static String signed(String token) {
        return token.substring(0, token.lastIndexOf('.'));
    }
}
