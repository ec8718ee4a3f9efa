package io.chapar.app.batch;

import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one request brings of a batch.
 *
 * @param range which bytes
 * @param signature over the whole batch, on the request that completes it
 * @param certificates of the connection, each in base64
 * @param body is read once
 */
record Upload(ContentRange range, Optional<String> signature, List<String> certificates, InputStream body) {

    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
    private static final int BUFFER = 65_536;

    static Upload of(ContentRange range, Passage.Arrived call, InputStream body) {
        try {
            X509Certificate own = call.clientCertificates().get(0);
            List<String> chain = List.of(Base64.getEncoder().encodeToString(own.getEncoded()));
            return new Upload(range, call.detachedSignature(), chain, body);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the certificate of a connection has an encoding", e);
        }
    }

    /**
     * Keeps what comes, also when the connection breaks.
     *
     * @return whether the batch is complete now
     * @throws IOException when the connection breaks
     */
    boolean into(Batch batch, long mostBytes, Clock clock) throws Refusal, IOException {
        long most = range.length().orElse(mostBytes - range.first());
        long connection = kept(() -> batch.connect(range, clock.instant()));
        byte[] buffer = new byte[BUFFER];
        long left = most;
        int filled = 0;
        try {
            int read = 0;
            while (left > 0 && read >= 0) {
                read = body.read(buffer, filled, (int) Math.min(BUFFER - filled, left));
                // Asked for each byte that drips, or who is shut out would keep a place beside the one that goes on.
                batch.heard(connection);
                filled += Math.max(read, 0);
                left -= Math.max(read, 0);
                if (filled == BUFFER) {
                    flush(batch, connection, buffer, filled);
                    filled = 0;
                }
            }
        } finally {
            flush(batch, connection, buffer, filled);
            kept(batch::received);
        }
        end(left);
        Optional<Long> total = range.whole()
                ? Optional.of(range.first() + most - left)
                : batch.facts().total();
        return kept(() -> batch.complete(connection, total, signature, certificates, clock.instant()));
    }

    private void end(long left) throws Refusal, IOException {
        if (range.length().isPresent() && left > 0) {
            throw new EOFException("a piece of a batch ended too early");
        }
        if (left == 0 && body.read() >= 0) {
            throw range.length().isPresent()
                    ? new Refusal(ProblemCode.MALFORMED, "The body is longer than Content-Range says.")
                    : new Refusal(ProblemCode.TOO_LARGE, "The batch has more bytes than are taken.");
        }
    }

    private static void flush(Batch batch, long connection, byte[] buffer, int length) throws Refusal, IOException {
        if (length > 0) {
            kept(() -> {
                batch.append(connection, buffer, length);
                return true;
            });
        }
    }

    /** Whether it brings, byte for byte, what the batch has already. */
    boolean repeats(Batch batch) throws IOException {
        try (InputStream known = batch.content()) {
            byte[] buffer = new byte[BUFFER];
            while (true) {
                byte[] before = known.readNBytes(BUFFER);
                int read = body.readNBytes(buffer, 0, BUFFER);
                if (read != before.length || !Arrays.equals(before, 0, read, buffer, 0, read)) {
                    return false;
                }
                if (read == 0) {
                    return true;
                }
            }
        }
    }

    private interface Step<T> {
        T done() throws Refusal, IOException;
    }

    /** What goes wrong on our disk is no broken connection. */
    private static <T> T kept(Step<T> step) throws Refusal {
        try {
            return step.done();
        } catch (IOException e) {
            LOG.error("a batch cannot be kept", e);
            throw new Refusal(ProblemCode.NOT_DURABLE, "What came could not be kept.");
        }
    }
}
