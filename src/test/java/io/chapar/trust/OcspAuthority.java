package io.chapar.trust;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.cert.ocsp.OCSPReq;

/**
 * An authority beside that of the development PKI: it has no list, only a responder, which says of all its certificates what
 * a test has it say.
 */
public final class OcspAuthority implements AutoCloseable {

    /** So short that a test sees an answer lapse; the gateway asks anew before, as long as somebody answers. */
    private static final Duration LIFE = Duration.ofSeconds(2);

    private final KeyPair keys = TestPki.ec("secp256r1");
    private final DevelopmentAuthority authority =
            DevelopmentAuthority.create(keys, "With a responder", Clock.systemUTC());
    private final Map<BigInteger, X509Certificate> issued = new ConcurrentHashMap<>();
    private final HttpServer server;
    private volatile Says says = Says.GOOD;

    /** What the responder answers; it may also hang up. */
    public enum Says {
        GOOD,
        REVOKED,
        NOTHING
    }

    public OcspAuthority() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public void says(Says other) {
        says = other;
    }

    /** Puts its certificates into the place of this party's, and itself among the authorities of the folder. */
    public void certifies(Path certificates, String party) throws IOException {
        KeyPair tls = TestPki.ec("secp256r1");
        KeyPair sign = TestPki.ec("secp256r1");
        Path folder = certificates.resolve(party);
        put(folder, "tls", tls, authority.tls(party, tls.getPublic()));
        put(folder, "sign", sign, authority.signing(party, sign.getPublic()));
        Path authorities = certificates.resolve("ca.cert.pem");
        Files.writeString(
                authorities, Files.readString(authorities) + DevelopmentAuthority.pem(authority.certificate()));
    }

    private void put(Path folder, String use, KeyPair own, X509Certificate certificate) throws IOException {
        issued.put(certificate.getSerialNumber(), certificate);
        DevelopmentFiles.replace(
                folder.resolve(use + ".key.pem"),
                PemFiles.encode("PRIVATE KEY", own.getPrivate().getEncoded()));
        DevelopmentFiles.replace(folder.resolve(use + ".cert.pem"), DevelopmentAuthority.pem(certificate));
    }

    /** With these a gateway asks the responder, waits long for its first answer, and has next to no patience afterwards. */
    public List<String> settings(Path folder) throws IOException {
        Path issuers = Files.writeString(
                folder.resolve("with-a-responder.pem"), DevelopmentAuthority.pem(authority.certificate()));
        return List.of(
                "--chapar.ocsp.responders.test.url=http://127.0.0.1:"
                        + server.getAddress().getPort() + "/",
                "--chapar.ocsp.responders.test.issuers=" + issuers,
                "--chapar.ocsp.longest-wait=10s",
                "--chapar.trust.revocation-grace=1s");
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            byte[] request = call.getRequestBody().readAllBytes();
            if (says == Says.NOTHING) {
                return;
            }
            byte[] answer = answer(request, says);
            call.getResponseHeaders().set("Content-Type", "application/ocsp-response");
            call.sendResponseHeaders(200, answer.length);
            call.getResponseBody().write(answer);
        }
    }

    private byte[] answer(byte[] request, Says said) throws IOException {
        BigInteger serial = new OCSPReq(request).getRequestList()[0].getCertID().getSerialNumber();
        X509Certificate about = Optional.ofNullable(issued.get(serial)).orElseThrow();
        Instant now = Instant.now();
        return new OddAnswer(new OddAuthority(keys, authority.certificate()), about)
                .saying(said == Says.REVOKED ? OddAnswer.REVOKED : OddAnswer.GOOD)
                .made(now)
                .from(now)
                .until(now.plus(LIFE))
                .to(request);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
