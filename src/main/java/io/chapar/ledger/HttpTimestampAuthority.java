package io.chapar.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Asks over HTTP (RFC 3161, section 3.4). Redirects are not followed; one time-out is over all of it. */
public final class HttpTimestampAuthority implements TimestampAuthority {

    /** A token with a chain of certificates is a tenth of it. */
    private static final int LARGEST_ANSWER = 65_536;

    private static final String QUERY = "application/timestamp-query";
    private static final String REPLY = "application/timestamp-reply";

    private final URI address;
    private final Duration total;
    private final HttpClient client;

    /** @param total until the answer is complete */
    public HttpTimestampAuthority(URI address, SSLContext tls, Duration total) {
        this.address = address;
        this.total = total;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(total)
                .sslContext(tls)
                .build();
    }

    @Override
    public byte[] ask(byte[] request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", QUERY)
                        .header("Accept", REPLY)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                        .build(),
                head -> new LimitedBody(LARGEST_ANSWER));
        HttpResponse<byte[]> answer;
        try {
            answer = coming.get(total.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer within " + total);
        } catch (ExecutionException e) {
            throw new IOException("no answer (" + e.getCause() + ")", e);
        } finally {
            coming.cancel(true);
        }
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith(REPLY)) {
            throw new IOException("the answer is no " + REPLY);
        }
        return answer.body();
    }
}
