package io.chapar.app.console;

import io.chapar.console.Role;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;

/**
 * Who somebody is and what their roles are, from the claims of the verified ID token alone: no other token is opened and
 * nobody else is asked.
 */
final class OidcPeople implements OAuth2UserService<OidcUserRequest, OidcUser> {

    private static final String NAME = "name";

    /** A {@code sub} has at most 255 characters (OpenID Connect Core 1.0, section 2); in one line of a log. */
    private static final Pattern LOGIN = Pattern.compile("[^\\p{Cntrl}\\p{Zl}\\p{Zp}]{1,255}");

    private final OidcSettings settings;

    OidcPeople(OidcSettings settings) {
        this.settings = settings;
    }

    /** @throws OidcRefused when the claims give no role, or no name that could be recorded */
    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        OidcIdToken token = request.getIdToken();
        if (!(token.getClaims().get(settings.nameClaim()) instanceof String name)
                || name.isBlank()
                || !LOGIN.matcher(name).matches()) {
            throw new OidcRefused(
                    OidcRefused.Reason.UNPROVEN,
                    "the ID token has no claim " + settings.nameClaim() + " that could be recorded as a login");
        }
        Set<Role> roles = settings.roles(values(token.getClaims().get(settings.roleClaim())));
        if (roles.isEmpty()) {
            throw new OidcRefused(
                    OidcRefused.Reason.NO_ROLE, "the claim " + settings.roleClaim() + " of the ID token gives no role");
        }
        return new DefaultOidcUser(
                roles.stream()
                        .map(role -> new SimpleGrantedAuthority("ROLE_" + role.code()))
                        .toList(),
                token,
                settings.nameClaim());
    }

    /** A string is one value, whatever stands in it. */
    private static List<String> values(@Nullable Object claim) {
        if (claim instanceof String one) {
            return List.of(one);
        }
        return claim instanceof Collection<?> several
                ? several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** What a session remembers: the name and the roles, and neither a token nor what else a claim says of a person. */
    static OAuth2AuthenticationToken remembered(OAuth2LoginAuthenticationToken login) {
        String name = login.getPrincipal().getName();
        return new OAuth2AuthenticationToken(
                new DefaultOAuth2User(login.getAuthorities(), Map.of(NAME, name), NAME),
                login.getAuthorities(),
                login.getClientRegistration().getRegistrationId());
    }
}
