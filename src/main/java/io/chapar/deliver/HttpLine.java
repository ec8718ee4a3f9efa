package io.chapar.deliver;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The connections to one receiver: its own pool, so that a receiver that is slow holds nobody else's. Mutual TLS 1.3,
 * the host's name is checked, redirects are not followed, nothing is cached or decompressed.
 */
final class HttpLine implements AutoCloseable {

    private static final Timeout STALE_AFTER = Timeout.ofMilliseconds(500);
    private static final TimeValue OLDEST_CONNECTION = TimeValue.ofMinutes(5);

    /** By itself the client reads a head of any length (CVE-2026-54399). */
    private static final Http1Config BOUNDED_HEAD =
            Http1Config.custom().setMaxLineLength(16_384).setMaxHeaderCount(100).build();

    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines;
    private final Clock clock;

    HttpLine(SSLContext tls, DeliveryLimits limits, ScheduledExecutorService deadlines, Clock clock) {
        this.deadlines = deadlines;
        this.clock = clock;
        this.connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(BOUNDED_HEAD)
                        .build())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        tls,
                        new String[] {"TLSv1.3"},
                        null,
                        SSLBufferMode.STATIC,
                        HttpsSupport.getDefaultHostnameVerifier()))
                .setMaxConnTotal(limits.connections())
                .setMaxConnPerRoute(limits.connections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connectTimeout()))
                        .setSocketTimeout(Timeout.of(limits.responseTimeout()))
                        .setValidateAfterInactivity(STALE_AFTER)
                        .setTimeToLive(OLDEST_CONNECTION)
                        .build())
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(limits.responseTimeout()))
                        .setResponseTimeout(Timeout.of(limits.responseTimeout()))
                        .setRedirectsEnabled(false)
                        .build())
                .setUserAgent("Chapar")
                // Otherwise a connection that showed our certificate counts as its request's own, and is never used
                // again:
                // a TLS handshake for each delivery, five to ten times the cost of the rest.
                .disableConnectionState()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** @throws ChannelFailure when no complete answer came in time */
    HttpAnswer post(HttpRequest request) throws ChannelFailure {
        if (!"https".equals(request.address().getScheme())) {
            throw new ChannelFailure("the address is not https");
        }
        HttpPost post = new HttpPost(request.address());
        request.headers().forEach(post::setHeader);
        post.setEntity(RequestBody.of(request));
        AtomicBoolean late = new AtomicBoolean();
        // A receiver that sends a byte now and then never runs into the socket's time-out.
        ScheduledFuture<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    post.abort();
                },
                request.total().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return client.execute(post, response -> read(response, request.largest()));
        } catch (TooLarge e) {
            throw new ChannelFailure("the answer is larger than " + request.largest() + " bytes");
        } catch (NoHttpResponseException e) {
            throw new ChannelFailure("the connection was closed before an answer came");
        } catch (SSLException e) {
            throw new ChannelFailure("no TLS connection (" + e.getClass().getSimpleName() + ")");
        } catch (InterruptedIOException e) {
            throw new ChannelFailure("time-out");
        } catch (IOException e) {
            throw new ChannelFailure(
                    late.get() ? "time-out" : "no connection (" + e.getClass().getSimpleName() + ")");
        } catch (IllegalStateException e) {
            // The client says so when the deadline strikes between taking a connection and using it.
            if (late.get()) {
                throw new ChannelFailure("time-out");
            }
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    private static HttpAnswer read(ClassicHttpResponse response, int largest) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        byte[] body = new byte[0];
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            try (InputStream content = entity.getContent()) {
                body = content.readNBytes(largest + 1);
                if (body.length > largest) {
                    throw new TooLarge();
                }
            } finally {
                EntityUtils.consumeQuietly(entity);
            }
        }
        return new HttpAnswer(response.getCode(), headers, body);
    }

    /** The wait that an answer asks for (RFC 9110 §10.2.3): seconds, or a date. */
    Optional<Duration> retryAfter(HttpAnswer answer) {
        return answer.header("retry-after").flatMap(value -> {
            String wish = value.strip();
            try {
                if (wish.length() < 10 && wish.chars().allMatch(c -> c >= '0' && c <= '9') && !wish.isEmpty()) {
                    return Optional.of(Duration.ofSeconds(Long.parseLong(wish)));
                }
                Instant until = ZonedDateTime.parse(wish, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                Duration left = Duration.between(clock.instant(), until);
                return left.isNegative() ? Optional.<Duration>empty() : Optional.of(left);
            } catch (DateTimeParseException e) {
                // A wish that cannot be read is none; our own back-off holds.
                return Optional.empty();
            }
        });
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        connections.close(CloseMode.IMMEDIATE);
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
