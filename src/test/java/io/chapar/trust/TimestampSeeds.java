package io.chapar.trust;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;

/** A timestamp as an authority of a test gives it, for fuzzing to begin with. */
public record TimestampSeeds(byte[] stamped, byte[] request, byte[] answer, byte[] token) {

    public static TimestampSeeds of(TestPki pki) throws Exception {
        byte[] stamped = "chapar.local/ledger\n7\nAAAA\n".getBytes(StandardCharsets.UTF_8);
        TimestampTokens tokens = new TimestampTokens(
                pki.paths(Files.createTempDirectory("seeds")), Optional.empty(), Duration.ofMinutes(5), TestPki.CLOCK);
        byte[] request = tokens.request(stamped);
        byte[] answer =
                TestPki.timestamps(pki.timestamping("TSA"), TestPki.CLOCK).answer(request);
        return new TimestampSeeds(
                stamped, request, answer, tokens.accept(request, answer).bytes());
    }

    public static byte[] pem(X509Certificate certificate) {
        return DevelopmentAuthority.pem(certificate).getBytes(StandardCharsets.US_ASCII);
    }
}
