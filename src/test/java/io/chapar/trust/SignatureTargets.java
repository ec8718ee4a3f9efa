package io.chapar.trust;

import io.chapar.fuzz.Seeds;
import io.chapar.fuzz.Seeds.Parted;
import io.chapar.fuzz.Target;
import io.chapar.message.Digest;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import static io.chapar.fuzz.Target.promise;

/**
 * Signed bytes. Nobody has the keys of the seeds any more, so whatever verifies has content that was signed before; that
 * content is computed here a second time from what is handed on.
 */
public final class SignatureTargets {

    /** Verifies, or says why not. */
    private interface Verifier {
        SignedXml verify(byte[] input) throws Malformed, SignatureRefused;
    }

    private SignatureTargets() {}

    /** Enveloped signatures, plain and XAdES. */
    public static Target xml(String seeds) {
        XmlSignatures signatures = new XmlSignatures();
        return onlySigned(seeds, input -> signatures.verify(HardenedXml.parse(input)));
    }

    public static Target envelope() {
        EnvelopeSignatures signatures = new EnvelopeSignatures(TestPki.CLOCK, Duration.ofMinutes(5));
        Target verified = onlySigned("envelope", signatures::verify);
        return input -> {
            verified.take(input);
            try {
                EnvelopeSignatures.content(input);
            } catch (Malformed e) {
                return; // refused, as promised
            }
        };
    }

    private static Target onlySigned(String seeds, Verifier verifier) {
        Set<Digest> signed = new HashSet<>();
        for (byte[] seed : Seeds.of(seeds)) {
            content(verifier, seed).ifPresent(signed::add);
        }
        promise(!signed.isEmpty(), "a seed of " + seeds + " verifies");
        return input -> content(verifier, input)
                .ifPresent(digest -> promise(signed.contains(digest), "nothing verifies but what was signed"));
    }

    private static Optional<Digest> content(Verifier verifier, byte[] input) {
        try {
            SignedXml verified = verifier.verify(input);
            Digest used = Digest.of(HardenedXml.canonical(verified.document()));
            promise(used.equals(verified.contentDigest()), "what is handed on is what was verified");
            return Optional.of(used);
        } catch (Malformed | SignatureRefused e) {
            return Optional.empty();
        }
    }

    /** A detached JWS, and from the second line on what it is over; held whole or fed in pieces, the verdict is one. */
    public static Target jws(X509Certificate party) {
        JsonSignatures signatures = new JsonSignatures(thumbprint -> Optional.of(party)
                .filter(known -> CertificatesByThumbprint.thumbprint(known).equals(thumbprint)));
        Set<Digest> signed = new HashSet<>();
        for (byte[] seed : Seeds.of("jws")) {
            whole(signatures, Parted.of(seed)).ifPresent(payload -> signed.add(payload.contentDigest()));
        }
        promise(!signed.isEmpty(), "a seed of jws verifies");
        return input -> {
            Parted parted = Parted.of(input);
            Optional<SignedPayload> verified = whole(signatures, parted);
            verified.ifPresent(payload -> {
                promise(signed.contains(Digest.of(payload.payload())), "nothing verifies but what was signed");
                promise(payload.contentDigest().equals(Digest.of(parted.rest())), "the payload is what was beside it");
            });
            if (inPieces(signatures, parted)) {
                promise(verified.isPresent(), "what verifies in pieces verifies as a whole");
            }
        };
    }

    private static Optional<SignedPayload> whole(JsonSignatures signatures, Parted parted) {
        try {
            return Optional.of(signatures.verify(parted.rest(), parted.first()));
        } catch (SignatureRefused e) {
            return Optional.empty();
        }
    }

    private static boolean inPieces(JsonSignatures signatures, Parted parted) {
        try {
            StreamedSignature stream = signatures.stream(parted.first());
            for (int i = 0; i < parted.rest().length; i++) {
                stream.update(parted.rest(), i, 1);
            }
            stream.finish();
            return true;
        } catch (SignatureRefused e) {
            return false;
        }
    }

    /** JWS that carry what they are over, as lines of a batch do, and receipts. */
    public static Target carrying(X509Certificate party) {
        Set<Digest> signed = new HashSet<>();
        JsonSignatures signatures = new JsonSignatures(thumbprint -> Optional.of(party));
        for (byte[] seed : Seeds.of("jws-carrying")) {
            carried(signatures, seed).ifPresent(payload -> signed.add(payload.contentDigest()));
        }
        promise(signed.size() > 0, "a seed of jws-carrying verifies");
        return input -> carried(signatures, input)
                .ifPresent(payload ->
                        promise(signed.contains(Digest.of(payload.payload())), "nothing verifies but what was signed"));
    }

    private static Optional<SignedPayload> carried(JsonSignatures signatures, byte[] input) {
        try {
            if (input.length > 0 && input[0] == '{') {
                FlattenedJws flattened = FlattenedJws.read(input);
                return Optional.of(signatures.verify(flattened.payload(), flattened.detached()));
            }
            return Optional.of(signatures.verifyCompact(new String(input, StandardCharsets.ISO_8859_1)));
        } catch (Malformed | SignatureRefused e) {
            return Optional.empty();
        }
    }
}
