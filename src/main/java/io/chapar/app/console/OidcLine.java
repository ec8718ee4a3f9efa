package io.chapar.app.console;

import io.chapar.trust.PemFiles;
import io.chapar.trust.TlsContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/** How the identity provider is reached: over TLS, under its own name, with no redirects, cookies or second tries. */
final class OidcLine {

    private static final Timeout CONNECT = Timeout.ofSeconds(3);
    private static final Timeout ANSWER = Timeout.ofSeconds(10);

    /** By itself the client reads a head of any length (CVE-2026-54399). */
    private static final Http1Config BOUNDED_HEAD =
            Http1Config.custom().setMaxLineLength(16_384).setMaxHeaderCount(100).build();

    private OidcLine() {}

    /**
     * @param trusted the anchors of its certificate; none: those of the Java that runs the gateway
     * @throws IllegalStateException naming the setting, when the file cannot be used
     */
    static ClientHttpRequestFactory trusting(@Nullable Path trusted) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(BOUNDED_HEAD)
                        .build())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls(trusted)))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(ANSWER)
                        .build())
                .build();
        return new HttpComponentsClientHttpRequestFactory(HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(ANSWER)
                        .setResponseTimeout(ANSWER)
                        .build())
                .setUserAgent("Chapar")
                // logins are rare: no connection is kept, so there is none to close
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build());
    }

    private static SSLContext tls(@Nullable Path trusted) {
        try {
            return trusted == null
                    ? SSLContext.getDefault()
                    : TlsContexts.anonymousClient(PemFiles.certificates(trusted));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "chapar.oidc.trusted: " + trusted + " cannot be read as PEM certificates: correct the file or the"
                            + " setting",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "the anchors of this Java cannot be used: name some in chapar.oidc.trusted", e);
        }
    }
}
