package io.chapar.app.console;

import io.chapar.console.Role;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.authentication.logout.SimpleUrlLogoutSuccessHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who gets past the people's port: a login for everything but the two probes. */
public final class ConsoleSecurity {

    private static final String[] ROLES =
            Arrays.stream(Role.values()).map(Role::code).toArray(String[]::new);

    static final String JOLOKIA = "/hawtio/jolokia";

    private static final String REALM = "Chapar";

    /** Hawtio needs inline styles for its editor; scripts come from this port alone. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;"
                    + " worker-src 'self' blob:; frame-ancestors 'none'; form-action 'self'; base-uri 'self';"
                    + " object-src 'none'";

    private ConsoleSecurity() {}

    /** Roles of whoever makes the request that this thread works on. */
    public static Set<Role> currentRoles() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !authentication.isAuthenticated()) {
            return Set.of();
        }
        return authentication.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .flatMap(name -> name.startsWith("ROLE_") ? Role.of(name.substring(5)).stream() : Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The login of whoever makes the request that this thread works on. */
    public static Optional<String> currentLogin() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(authentication -> !currentRoles().isEmpty())
                .map(Authentication::getName);
    }

    /**
     * @param sessionEnd ends sessions that last too long
     * @param oidc where people log in, when it is not here
     * @param passwords whether anybody has one: people for the form, or, when they log in elsewhere, programs
     */
    public static SecurityFilterChain chain(
            HttpSecurity http, PeoplesPort port, SessionEnd sessionEnd, Optional<OidcLogin> oidc, boolean passwords)
            throws Exception {
        RequestMatcher browsing =
                new AndRequestMatcher(path("/hawtio/**"), new NegatedRequestMatcher(path(JOLOKIA + "/**")), html());
        http.securityMatcher(port)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(
                                        HttpMethod.GET,
                                        "/actuator/health/liveness",
                                        "/actuator/health/readiness",
                                        LoginPage.ADDRESS,
                                        "/hawtio/favicon.ico")
                                .permitAll()
                                .requestMatchers(ConsoleSecurity::actsByGet)
                                .denyAll()
                                // Hawtio asks whether there is one
                                .requestMatchers(HttpMethod.GET, "/hawtio/proxy/enabled")
                                .hasAnyRole(ROLES)
                                // a way to other Jolokia agents, which nobody here needs
                                .requestMatchers("/hawtio/proxy/**")
                                .denyAll()
                                .requestMatchers("/hawtio", "/hawtio/**", "/actuator", "/actuator/**")
                                .hasAnyRole(ROLES)
                                // nothing is there, and the answer to that is 404
                                .anyRequest()
                                .permitAll())
                .logout(logout -> logout.logoutRequestMatcher(new OrRequestMatcher(
                                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/hawtio/logout"),
                                // a link of Hawtio's own; other sites' links come without the session's cookie
                                PathPatternRequestMatcher.withDefaults()
                                        .matcher(HttpMethod.GET, "/hawtio/auth/logout")))
                        .logoutSuccessHandler(oidc.<LogoutSuccessHandler>map(OidcLogin::logout)
                                .orElseGet(ConsoleSecurity::toLoginPage)))
                .sessionManagement(sessions -> sessions.addSessionAuthenticationStrategy(sessionEnd))
                .addFilterBefore(sessionEnd, SecurityContextHolderFilter.class)
                // what a stranger asks for is not kept: that would be a session for each refusal
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .exceptionHandling(failing -> failing.defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint(LoginPage.ADDRESS), browsing)
                        .defaultAuthenticationEntryPointFor(passwords ? basic() : unauthorized(), path("/actuator/**"))
                        // a browser must not ask for a name and password over Hawtio's head
                        .defaultAuthenticationEntryPointFor(unauthorized(), request -> true))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens())
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()))
                .addFilterAfter(new TokenInCookie(), CsrfFilter.class)
                .addFilterAfter(new ErrorAddress(), TokenInCookie.class)
                .addFilterAfter(oidc.map(OidcLogin::page).orElseGet(LoginPage::byPassword), TokenInCookie.class)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN)));
        if (passwords) {
            http.httpBasic(basic -> basic.realmName(REALM));
        }
        if (oidc.isPresent()) {
            oidc.get().configure(http);
        } else {
            http.formLogin(form -> form.loginPage(LoginPage.ADDRESS)
                    .loginProcessingUrl(LoginPage.ADDRESS)
                    .failureHandler(LoginPage::wrongPassword)
                    .defaultSuccessUrl(LoginPage.HOME, true));
        }
        return http.build();
    }

    /**
     * Jolokia also takes commands by GET, where no token protects them. Hawtio asks by POST; by GET it only looks whether
     * somebody is there. The path is the one by which the server chose the servlet: decoded, and without what it drops.
     */
    static boolean actsByGet(HttpServletRequest request) {
        String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        return !"POST".equals(request.getMethod())
                && path.startsWith(JOLOKIA)
                && (request.getParameter("p") != null
                        || !Set.of("", "/", "/version", "/config").contains(path.substring(JOLOKIA.length())));
    }

    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }

    private static RequestMatcher html() {
        MediaTypeRequestMatcher html = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
        html.setIgnoredMediaTypes(Set.of(MediaType.ALL));
        return html;
    }

    private static LogoutSuccessHandler toLoginPage() {
        SimpleUrlLogoutSuccessHandler toLoginPage = new SimpleUrlLogoutSuccessHandler();
        toLoginPage.setDefaultTargetUrl(LoginPage.ADDRESS);
        return toLoginPage;
    }

    private static BasicAuthenticationEntryPoint basic() {
        BasicAuthenticationEntryPoint basic = new BasicAuthenticationEntryPoint();
        basic.setRealmName(REALM);
        return basic;
    }

    private static AuthenticationEntryPoint unauthorized() {
        return new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED);
    }

    /** Readable by Hawtio's scripts, which send it back in a header; not sent along from other sites. */
    private static CookieCsrfTokenRepository tokens() {
        CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(cookie -> cookie.secure(true).sameSite("Strict"));
        return tokens;
    }
}
