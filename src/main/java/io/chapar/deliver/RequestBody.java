package io.chapar.deliver;

import io.chapar.message.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;

/**
 * What a request carries, written piece by piece while it is read. That it cannot be read is no failure of the line, and
 * so no {@link IOException}: the request is broken off, and its receiver gets nothing that it could take for the whole.
 */
final class RequestBody {

    private static final int PIECE = 1 << 14;

    private RequestBody() {}

    static HttpEntity of(HttpRequest request) {
        Content body = request.body();
        return new EntityTemplate(body.size(), ContentType.parse(request.contentType()), null, out -> {
            byte[] piece = new byte[PIECE];
            try (InputStream in = open(body)) {
                for (int read = read(in, piece); read >= 0; read = read(in, piece)) {
                    out.write(piece, 0, read);
                }
            }
        });
    }

    private static InputStream open(Content body) {
        try {
            return body.open();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static int read(InputStream in, byte[] into) {
        try {
            return in.read(into);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("what is to be sent cannot be read", e);
    }
}
