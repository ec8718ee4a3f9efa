package io.chapar.trust;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A detached JWS over bytes that are too many to hold. They are fed to it; nothing that was fed proves anything before
 * {@link #finish} returns.
 */
public final class StreamedSignature {

    private final Signature engine;
    private final OutputStream input;
    private final X509Certificate signer;
    private final byte[] value;

    StreamedSignature(JwsHeaders.Header header, KeyObjects.Known signer, String protectedHeader, byte[] value)
            throws SignatureRefused {
        this.engine = header.algorithm()
                .verifier(signer)
                .orElseThrow(
                        () -> SignatureRefused.invalid(
                                "what is signed as a whole is signed with ES256, ES384, PS256 or RS256, by a key of that kind"));
        OutputStream sink = new Sink(engine);
        this.input = header.encoded() ? Base64.getUrlEncoder().withoutPadding().wrap(sink) : sink;
        this.signer = signer.certificate();
        this.value = value;
        try {
            engine.update((protectedHeader + ".").getBytes(StandardCharsets.US_ASCII));
        } catch (SignatureException e) {
            throw new IllegalStateException("an engine that was initialised takes input", e);
        }
    }

    /** The next bytes of the payload. */
    public void update(byte[] bytes, int offset, int length) {
        try {
            input.write(bytes, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException("a signature's engine takes input", e);
        }
    }

    /**
     * All was fed.
     *
     * @return whose key made the signature; whether it may be trusted is for {@link CertificatePaths} to say
     * @throws SignatureRefused when the signature is not over exactly these bytes
     */
    public X509Certificate finish() throws SignatureRefused {
        try {
            input.close();
            if (engine.verify(value)) {
                return signer;
            }
        } catch (SignatureException e) {
            // a signature value that is not even one of this algorithm
            throw SignatureRefused.invalid("the JWS has no signature of its algorithm");
        } catch (IOException e) {
            throw new UncheckedIOException("a signature's engine takes input", e);
        }
        throw SignatureRefused.invalid("the JWS does not verify over these bytes with its certificate's key");
    }

    private static final class Sink extends OutputStream {
        private final Signature engine;

        Sink(Signature engine) {
            this.engine = engine;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                engine.update(bytes, offset, length);
            } catch (SignatureException e) {
                throw new IOException(e);
            }
        }
    }
}
