package io.chapar.scenario;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.PartyKeys;
import io.chapar.trust.TestPki;
import io.chapar.trust.TlsContexts;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;

/** Connections to the gateway with every kind of client certificate: a party's, none, or one of the doubtful ones. */
final class Wire implements AutoCloseable {

    /** No client certificate. */
    static final String NOBODY = "none";

    private static final int PATIENCE_SECONDS = 60;

    private final URI gateway;
    private final Function<String, PartyKeys> keys;
    private final Map<String, TestPki.Identity> doubtful;
    private final Map<String, CloseableHttpClient> clients = new ConcurrentHashMap<>();
    private final QueueWire queues;

    /** @param doubtful client certificates by the names that requests use for them */
    Wire(URI gateway, QueueWire queues, Function<String, PartyKeys> keys, Map<String, TestPki.Identity> doubtful) {
        this.queues = queues;
        this.gateway = gateway;
        this.keys = keys;
        this.doubtful = doubtful;
    }

    Response send(Request request) throws IOException {
        if (request.path().startsWith(QueueWire.PATH)) {
            return queues.send(request);
        }
        HttpUriRequestBase call = new HttpUriRequestBase(request.method(), gateway.resolve(request.path()));
        request.headers().forEach(call::setHeader);
        if (request.body().length > 0) {
            call.setEntity(new ByteArrayEntity(request.body(), null));
        }
        call.setConfig(RequestConfig.custom()
                .setResponseTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .build());
        return clients.computeIfAbsent(request.tls(), this::client).execute(call, Wire::response);
    }

    private CloseableHttpClient client(String tls) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        // In a JVM without the second compiler AES is slow, and files of 50 MB go this way.
                        .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                                context(tls),
                                null,
                                new String[] {"TLS_CHACHA20_POLY1305_SHA256"},
                                SSLBufferMode.STATIC,
                                new DefaultHostnameVerifier()))
                        .setMaxConnPerRoute(8)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                                .build())
                        .build())
                .disableConnectionState()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableRedirectHandling()
                .build();
    }

    private SSLContext context(String tls) {
        if (tls.equals(NOBODY)) {
            return TlsContexts.anonymousClient(
                    keys.apply(PartyCode.CHAPAR.value()).authorities());
        }
        Optional<TestPki.Identity> other = Optional.ofNullable(doubtful.get(tls));
        return other.map(identity -> TlsContexts.client(
                        identity.keys().getPrivate(),
                        identity.certificate(),
                        keys.apply(PartyCode.CHAPAR.value()).authorities()))
                .orElseGet(() -> keys.apply(tls).client());
    }

    private static Response response(ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
        return new Response(response.getCode(), headers, body);
    }

    @Override
    public void close() throws JMSException {
        queues.close();
        List.copyOf(clients.values()).forEach(client -> client.close(CloseMode.GRACEFUL));
    }
}
