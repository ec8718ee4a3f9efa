package io.chapar.trust;

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

/**
 * Asks an authority over HTTP: for timestamps (RFC 3161, section 3.4), or about certificates (RFC 6960, appendix A).
 * Redirects are not followed; one time-out is over all of it; nothing about an answer is believed yet.
 */
public final class HttpAuthority {

    /** A token, or an answer about a certificate, with a chain of certificates is a tenth of it. */
    private static final int LARGEST_ANSWER = 65_536;

    private final URI address;
    private final Asking asking;
    private final Duration total;
    private final HttpClient client;

    /** What is asked, with the media types of question and answer. */
    public enum Asking {
        FOR_TIMESTAMPS("application/timestamp-query", "application/timestamp-reply"),
        ABOUT_CERTIFICATES("application/ocsp-request", "application/ocsp-response");

        private final String question;
        private final String answer;

        Asking(String question, String answer) {
            this.question = question;
            this.answer = answer;
        }
    }

    /** @param total until the answer is complete */
    public HttpAuthority(URI address, Asking asking, SSLContext tls, Duration total) {
        this.address = address;
        this.asking = asking;
        this.total = total;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(total)
                .sslContext(tls)
                .build();
    }

    /** Whether this is an address at which anybody could be asked. */
    public static boolean canBeAsked(URI address) {
        return address.getHost() != null && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()));
    }

    /**
     * The answer as it came.
     *
     * @throws IOException when no complete answer came in time
     */
    public byte[] ask(byte[] request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(
                HttpRequest.newBuilder(address)
                        .header("Content-Type", asking.question)
                        .header("Accept", asking.answer)
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
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith(asking.answer)) {
            throw new IOException("the answer is no " + asking.answer);
        }
        return answer.body();
    }
}
