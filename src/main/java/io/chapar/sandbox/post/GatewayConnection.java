package io.chapar.sandbox.post;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** One agency's connections to the gateway: mutual TLS, kept open and used again. */
public final class GatewayConnection implements AutoCloseable {

    static final int USUAL_CONNECTIONS = 64;
    private static final int PATIENCE_SECONDS = 60;

    private final URI gateway;
    private final CloseableHttpClient client;

    public GatewayConnection(URI gateway, SSLContext tls) {
        this(gateway, tls, USUAL_CONNECTIONS);
    }

    /** @param most connections at once; whoever needs one more waits */
    public GatewayConnection(URI gateway, SSLContext tls, int most) {
        this.gateway = gateway;
        PoolingHttpClientConnectionManager pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .setMaxConnTotal(most)
                .setMaxConnPerRoute(most)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .setSocketTimeout(Timeout.of(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .build())
                .build();
        // A connection that showed a client certificate would count as somebody's own, and never be used again.
        this.client = HttpClients.custom()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .build())
                .disableConnectionState()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableCookieManagement()
                .disableContentCompression()
                .disableRedirectHandling()
                .build();
    }

    public Reply send(Letter letter) throws IOException {
        HttpPost post = new HttpPost(gateway.resolve(letter.path()));
        post.setHeader("Accept", letter.accept());
        letter.signature().ifPresent(jws -> post.setHeader("X-JWS-Signature", jws));
        if (letter.path().startsWith("/ws/")) {
            post.setHeader("SOAPAction", "\"\"");
        }
        post.setEntity(new ByteArrayEntity(letter.body(), ContentType.parse(letter.contentType())));
        return exchange(post);
    }

    public Reply get(String path) throws IOException {
        HttpGet get = new HttpGet(gateway.resolve(path));
        get.setHeader("Accept", "application/json");
        return exchange(get);
    }

    /** Posts JSON, signed when there is a signature. */
    public Reply post(String path, byte[] json, String... jws) throws IOException {
        HttpPost post = new HttpPost(gateway.resolve(path));
        for (String signature : jws) {
            post.setHeader("X-JWS-Signature", signature);
        }
        post.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
        return exchange(post);
    }

    public Reply put(String path, String contentType, byte[] body) throws IOException {
        HttpPut put = new HttpPut(gateway.resolve(path));
        put.setEntity(new ByteArrayEntity(body, ContentType.parse(contentType)));
        return exchange(put);
    }

    private Reply exchange(HttpUriRequestBase request) throws IOException {
        return client.execute(request, GatewayConnection::reply);
    }

    private static Reply reply(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
        String type = entity == null || entity.getContentType() == null ? "" : entity.getContentType();
        return new Reply(
                response.getCode(),
                type,
                header(response, "X-JWS-Signature"),
                header(response, "Retry-After"),
                body == null ? new byte[0] : body);
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
    }
}
