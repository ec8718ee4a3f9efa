package io.chapar.app.console;

import io.chapar.console.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where people log in when it is not here.
 *
 * @param issuer of an OpenID provider (OpenID Connect Discovery 1.0); none: people log in here, with a password
 * @param clientId as whom the provider knows this gateway
 * @param clientSecretFile holds the secret that the provider gave to this client, in one line
 * @param trusted the anchors of the provider's certificate, PEM; none: those of the Java that runs the gateway
 * @param scopes that are asked for besides {@code openid}
 * @param nameClaim of the ID token, is what is recorded as the login
 * @param roleClaim of the ID token, a string or a list of strings, says what somebody is
 * @param viewers values of that claim that give the role; the others likewise. One value may give several roles
 */
@ConfigurationProperties("chapar.oidc")
public record OidcSettings(
        @Nullable URI issuer,
        @DefaultValue("") String clientId,
        @Nullable Path clientSecretFile,
        @Nullable Path trusted,
        @DefaultValue List<String> scopes,
        @DefaultValue("sub") String nameClaim,
        @DefaultValue("roles") String roleClaim,
        @DefaultValue List<String> viewers,
        @DefaultValue List<String> operators,
        @DefaultValue List<String> auditors,
        @DefaultValue List<String> admins) {

    private static final String FILE = "client-secret-file";

    public OidcSettings {
        boolean anyRole = Stream.of(viewers, operators, auditors, admins)
                .flatMap(List::stream)
                .anyMatch(value -> true);
        if (issuer == null) {
            require(
                    clientId.isEmpty() && clientSecretFile == null && trusted == null && !anyRole,
                    "issuer is missing, and other settings of chapar.oidc are there: name the issuer, or remove them");
        } else {
            require(
                    "https".equals(issuer.getScheme())
                            && issuer.getHost() != null
                            && issuer.getUserInfo() == null
                            && issuer.getQuery() == null
                            && issuer.getFragment() == null,
                    "issuer must be an address that begins with https:// and has neither query nor fragment, to the"
                            + " letter as the identity provider names itself");
            require(
                    !clientId.isBlank(),
                    "client-id is missing: it is as whom the identity provider knows this gateway");
            require(clientSecretFile != null, FILE + " is missing: name a file that holds the client's secret alone");
            require(!nameClaim.isBlank(), "name-claim must name a claim of the ID token");
            require(!roleClaim.isBlank(), "role-claim must name a claim of the ID token");
            require(
                    anyRole,
                    "viewers, operators, auditors and admins are all missing, so nobody could come in: say which values"
                            + " of the claim " + roleClaim + " give which role");
            require(
                    Stream.of(viewers, operators, auditors, admins)
                            .flatMap(List::stream)
                            .noneMatch(String::isBlank),
                    "viewers, operators, auditors or admins has an empty value: remove it");
        }
    }

    /** Whether people log in at a provider; then nobody has a password here by default. */
    public boolean wanted() {
        return issuer != null;
    }

    /**
     * The secret, without the line's end.
     *
     * @throws IllegalStateException naming the setting, when the file is not there or holds anything else
     */
    String clientSecret() {
        if (clientSecretFile == null) {
            throw new IllegalStateException("chapar.oidc." + FILE + " is missing");
        }
        try {
            String secret = Files.readString(clientSecretFile).strip();
            require(
                    !secret.isEmpty() && secret.lines().count() == 1,
                    FILE + ": the file " + clientSecretFile + " must hold the client's secret, in one line");
            return secret;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "chapar.oidc." + FILE + ": the file " + clientSecretFile
                            + " cannot be read: put it there, or correct the setting",
                    e);
        }
    }

    /** What the values of the claim give; compared to the letter. */
    Set<Role> roles(List<String> values) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (giving(role).stream().anyMatch(values::contains)) {
                roles.add(role);
            }
        }
        return roles;
    }

    private List<String> giving(Role role) {
        return switch (role) {
            case VIEWER -> viewers;
            case OPERATOR -> operators;
            case AUDITOR -> auditors;
            case ADMIN -> admins;
        };
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("chapar.oidc." + rule);
        }
    }
}
