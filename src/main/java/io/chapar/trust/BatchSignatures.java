package io.chapar.trust;

import io.chapar.message.Digest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Document;

/**
 * The batches under one signature that are worked on now. A batch is read through once, its signature is verified over
 * all of its bytes, and the digest of each message that was found in them is kept; from then on a message verifies if it
 * is, byte for byte, one of these.
 */
public final class BatchSignatures {

    private static final String DS = "http://www.w3.org/2000/09/xmldsig#";

    private final JsonSignatures signatures;
    private final Set<Covered> open = ConcurrentHashMap.newKeySet();

    public BatchSignatures(JsonSignatures signatures) {
        this.signatures = signatures;
    }

    /** Begins to read a batch. */
    public Reading read(String detached) throws SignatureRefused {
        return new Reading(detached, signatures.stream(detached));
    }

    /** A batch while it is read for the first time. */
    public final class Reading {
        private final String detached;
        private final StreamedSignature signature;
        private final List<byte[]> digests = new ArrayList<>();

        private Reading(String detached, StreamedSignature signature) {
            this.detached = detached;
            this.signature = signature;
        }

        /** The next bytes of the batch. */
        public void bytes(byte[] bytes, int offset, int length) {
            signature.update(bytes, offset, length);
        }

        /** A message that was found in them. */
        public void message(byte[] message) {
            digests.add(Digest.of(message).hash());
        }

        /** All was read. The messages verify from now on, until what this returns is closed. */
        public Covered finish() throws SignatureRefused {
            X509Certificate signer = signature.finish();
            byte[][] sorted = digests.toArray(byte[][]::new);
            Arrays.sort(sorted, Arrays::compare);
            Covered covered = new Covered(detached, signer, sorted);
            open.add(covered);
            return covered;
        }
    }

    /** What a signature that verified covers. */
    public final class Covered implements AutoCloseable {
        private final String detached;
        private final X509Certificate signer;
        private final byte[][] digests;

        private Covered(String detached, X509Certificate signer, byte[][] digests) {
            this.detached = detached;
            this.signer = signer;
            this.digests = digests;
        }

        private boolean covers(String jws, byte[] digest) {
            return detached.equals(jws) && Arrays.binarySearch(digests, digest, Arrays::compare) >= 0;
        }

        @Override
        public void close() {
            open.remove(this);
        }
    }

    /** A JSON message under the signature of its batch; empty when no open batch of this signature has it. */
    public Optional<SignedPayload> json(byte[] message, String detached) {
        Digest digest = Digest.of(message);
        return signer(digest, detached).map(signer -> new SignedPayload(message, "", digest, signer));
    }

    /**
     * An XML message under the signature of its batch; empty when no open batch of this signature has it.
     *
     * @throws SignatureRefused when it brings a signature of its own, which nobody would have verified
     */
    public Optional<SignedXml> xml(byte[] message, String detached) throws Malformed, SignatureRefused {
        Optional<X509Certificate> signer = signer(Digest.of(message), detached);
        if (signer.isEmpty()) {
            return Optional.empty();
        }
        Document document = HardenedXml.parse(message);
        if (document.getElementsByTagNameNS(DS, "Signature").getLength() > 0) {
            throw SignatureRefused.incomplete("a document in a batch that is signed as a whole has no signature");
        }
        return Optional.of(new SignedXml(document, Digest.of(HardenedXml.canonical(document)), signer.get()));
    }

    private Optional<X509Certificate> signer(Digest digest, String detached) {
        byte[] hash = digest.hash();
        return open.stream()
                .filter(covered -> covered.covers(detached, hash))
                .map(covered -> covered.signer)
                .findFirst();
    }
}
