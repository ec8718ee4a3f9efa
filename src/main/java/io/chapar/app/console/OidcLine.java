package io.chapar.app.console;

import io.chapar.trust.PemFiles;
import io.chapar.trust.TlsContexts;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * How the identity provider is reached: over TLS, under its own name, with no redirects, cookies or second tries. However it
 * answers, that has an end: so many bytes, and so long.
 */
final class OidcLine {

    private static final Timeout CONNECT = Timeout.ofSeconds(3);
    private static final Timeout ANSWER = Timeout.ofSeconds(10);

    /** From a question to the last byte of its answer. */
    private static final Duration TOTAL = Duration.ofSeconds(15);

    /** What a provider says about itself, keys and tokens have some thousand. */
    private static final int LARGEST = 1 << 20;

    /** By itself the client reads a head of any length (CVE-2026-54399). */
    private static final Http1Config BOUNDED_HEAD =
            Http1Config.custom().setMaxLineLength(16_384).setMaxHeaderCount(100).build();

    private OidcLine() {}

    /**
     * @param trusted the anchors of its certificate; none: those of the Java that runs the gateway
     * @throws IllegalStateException naming the setting, when the file cannot be used
     */
    static ClientHttpRequestFactory trusting(@Nullable Path trusted) {
        return trusting(trusted, TOTAL);
    }

    static ClientHttpRequestFactory trusting(@Nullable Path trusted, Duration total) {
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
                .addExecInterceptorFirst("bounds", (request, scope, chain) -> {
                    // A provider that sends a byte now and then never runs into the time-out of the socket.
                    Cancellable question = (Cancellable) scope.originalRequest;
                    CompletableFuture.delayedExecutor(total.toMillis(), TimeUnit.MILLISECONDS)
                            .execute(question::cancel);
                    ClassicHttpResponse response = chain.proceed(request, scope);
                    HttpEntity entity = response.getEntity();
                    if (entity != null) {
                        response.setEntity(new Bounded(entity, question));
                    }
                    return response;
                })
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

    /** Ends in an exception when there is more; and the connection with it, or the rest would be read to close it. */
    private static final class Bounded extends HttpEntityWrapper {

        private final Cancellable question;

        Bounded(HttpEntity entity, Cancellable question) {
            super(entity);
            this.question = question;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new FilterInputStream(super.getContent()) {
                private int left = LARGEST;

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int read = super.read(into, offset, Math.min(length, left + 1));
                    left -= Math.max(0, read);
                    if (left < 0) {
                        question.cancel();
                        throw new IOException("the answer has more than " + LARGEST + " bytes");
                    }
                    return read;
                }

                /** Without reading what is left, which may have no end; no connection is used again. */
                @Override
                public void close() throws IOException {
                    question.cancel();
                    super.close();
                }
            };
        }
    }
}
