package io.chapar.trust;

import io.chapar.message.Signer;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;

public final class KeySigner implements Signer {

    public KeySigner(PrivateKey key, X509Certificate certificate) {
        this(key, certificate, Clock.systemUTC());
    }

    public KeySigner(PrivateKey key, X509Certificate certificate, Clock clock) {}

    @Override
    public String detachedJws(byte[] payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String compactJws(String type, byte[] payload) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] xml(byte[] document) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] envelope(byte[] bodyChild, boolean soap12) {
        throw new UnsupportedOperationException();
    }
}
