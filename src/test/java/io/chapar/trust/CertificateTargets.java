package io.chapar.trust;

import io.chapar.fuzz.Seeds;
import io.chapar.fuzz.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.chapar.fuzz.Target.promise;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Certificates from a TLS handshake or a signature, what is stapled to them, and timestamps. */
public final class CertificateTargets {

    private CertificateTargets() {}

    /** A party's certificate of the PKI of the seeds. */
    public static X509Certificate party() throws IOException {
        return PemFiles.certificate(Seeds.PKI.resolve("signer.pem"));
    }

    /** At the time of the seeds. */
    public static CertificatePaths paths() throws IOException {
        return new CertificatePaths(
                PemFiles.certificates(Seeds.PKI.resolve("authority.pem")),
                Seeds.PKI.resolve("authority.crl.pem"),
                Duration.ZERO,
                TestPki.CLOCK);
    }

    /** Nothing leads to the authority but what it issued. */
    public static Target certificate() throws IOException {
        CertificatePaths paths = paths();
        Set<ByteBuffer> issued = new HashSet<>();
        for (byte[] seed : Seeds.of("certificate")) {
            read(seed)
                    .filter(certificate -> led(paths, certificate))
                    .ifPresent(certificate -> issued.add(signedPart(certificate)));
        }
        promise(!issued.isEmpty(), "a seed of certificate is valid");
        return input -> read(input)
                .filter(certificate -> led(paths, certificate))
                .ifPresent(certificate -> promise(
                        issued.contains(signedPart(certificate)), "no certificate is valid but what was issued"));
    }

    /**
     * A file with revocation lists, as it is or as the DER of one list: nothing says how a certificate stands but a list that
     * its authority signed.
     */
    public static Target revocationLists(Path folder) throws IOException {
        X509Certificate authority = PemFiles.certificate(Seeds.PKI.resolve("authority.pem"));
        X509Certificate party = party();
        Path file = folder.resolve("lists");
        Set<ByteBuffer> signed = new HashSet<>();
        for (byte[] seed : Seeds.of("revocation-lists")) {
            said(file, seed, party, authority).forEach(list -> signed.add(signedPart(list)));
        }
        promise(!signed.isEmpty(), "a seed of revocation-lists is believed");
        return input -> said(file, input, party, authority)
                .forEach(list -> promise(signed.contains(signedPart(list)), "no list is believed but what was signed"));
    }

    /** The lists that were read when they say how the certificate stands; otherwise none. */
    private static List<X509CRL> said(Path file, byte[] input, X509Certificate party, X509Certificate authority)
            throws IOException {
        List<X509CRL> believed = new ArrayList<>();
        for (byte[] content : List.of(input, PemFiles.encode("X509 CRL", input).getBytes(UTF_8))) {
            Files.write(file, content);
            RevocationLists lists = new RevocationLists(file, Duration.ZERO, TestPki.CLOCK);
            lists.due();
            if (lists.statusOf(party, authority) != CertificateStatus.UNDETERMINED) {
                believed.addAll(lists.current());
            }
        }
        return believed;
    }

    private static ByteBuffer signedPart(X509CRL list) {
        try {
            return ByteBuffer.wrap(list.getTBSCertList());
        } catch (CRLException e) {
            throw new AssertionError("a list that was read has no bytes", e);
        }
    }

    private static Optional<X509Certificate> read(byte[] input) {
        try {
            return Optional.of(EncodedCertificates.read(input));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private static boolean led(CertificatePaths paths, X509Certificate certificate) {
        boolean valid = false;
        for (Purpose purpose : Purpose.values()) {
            valid |= paths.check(certificate, purpose) == CertificateStatus.VALID;
        }
        return valid;
    }

    private static ByteBuffer signedPart(X509Certificate certificate) {
        try {
            return ByteBuffer.wrap(certificate.getTBSCertificate());
        } catch (CertificateEncodingException e) {
            throw new AssertionError("a certificate that was read has no bytes", e);
        }
    }

    /** What a server staples: nothing says how a certificate stands but what its authority signed. */
    public static Target ocsp() throws IOException {
        X509Certificate authority = PemFiles.certificate(Seeds.PKI.resolve("ocsp-authority.pem"));
        X509Certificate certificate = PemFiles.certificate(Seeds.PKI.resolve("ocsp-certificate.pem"));
        OcspAnswers answers = OcspSeeds.stapled();
        Set<OcspAnswer> signed = new HashSet<>();
        for (byte[] seed : Seeds.of("ocsp")) {
            stapled(answers, certificate, authority, seed).ifPresent(signed::add);
        }
        promise(!signed.isEmpty(), "a seed of ocsp is believed");
        return input -> stapled(answers, certificate, authority, input)
                .ifPresent(answer -> promise(signed.contains(answer), "nothing is believed but what was signed"));
    }

    private static Optional<OcspAnswer> stapled(
            OcspAnswers answers, X509Certificate certificate, X509Certificate authority, byte[] input) {
        try {
            return Optional.of(answers.stapled(certificate, authority, input));
        } catch (OcspRefused e) {
            return Optional.empty();
        }
    }

    /** An authority's answer to the request of the seeds; what is believed is also believed later, for the same time. */
    public static Target timestamp() throws IOException {
        TimestampTokens tokens = new TimestampTokens(paths(), Optional.empty(), Duration.ofMinutes(5), TestPki.CLOCK);
        byte[] request = Seeds.bytes(Seeds.PKI.resolve("timestamp-request"));
        byte[] stamped = Seeds.bytes(Seeds.PKI.resolve("stamped"));
        return input -> {
            try {
                TimestampTokens.Token token = tokens.accept(request, input);
                promise(token.at().equals(TestPki.NOW), "a time that the authority gave");
                promise(tokens.verify(token.bytes(), stamped).equals(token.at()), "the same time later");
            } catch (TimestampRefused e) {
                token(tokens, input, stamped);
            }
        };
    }

    private static void token(TimestampTokens tokens, byte[] input, byte[] stamped) {
        try {
            promise(tokens.verify(input, stamped).equals(TestPki.NOW), "a time that the authority gave");
        } catch (TimestampRefused e) {
            return; // refused, as promised
        }
    }
}
