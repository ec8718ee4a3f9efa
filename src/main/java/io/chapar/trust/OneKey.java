package io.chapar.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreSpi;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key store in memory with one key and its certificates, for libraries that want one. The platform's own keep a key as
 * bytes, which one in a token has not.
 */
final class OneKey extends KeyStoreSpi {

    private static final String ALIAS = "own";

    private final PrivateKey key;
    private final X509Certificate[] chain;

    private OneKey(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain.toArray(X509Certificate[]::new);
    }

    /** Read and never written. */
    static KeyStore store(PrivateKey key, List<X509Certificate> chain) {
        KeyStore store = new KeyStore(new OneKey(key, chain), Security.getProvider("SUN"), "chapar-one-key") {};
        try {
            store.load(null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("there was nothing to load", e);
        }
    }

    @Override
    public @Nullable Key engineGetKey(String alias, char @Nullable [] password) {
        return alias.equals(ALIAS) ? key : null;
    }

    @Override
    public Certificate @Nullable [] engineGetCertificateChain(String alias) {
        return alias.equals(ALIAS) ? chain.clone() : null;
    }

    @Override
    public @Nullable Certificate engineGetCertificate(String alias) {
        return alias.equals(ALIAS) ? chain[0] : null;
    }

    @Override
    public Date engineGetCreationDate(String alias) {
        return Date.from(Instant.EPOCH);
    }

    @Override
    public Enumeration<String> engineAliases() {
        return Collections.enumeration(List.of(ALIAS));
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        return alias.equals(ALIAS);
    }

    @Override
    public int engineSize() {
        return 1;
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        return alias.equals(ALIAS);
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        return false;
    }

    @Override
    public @Nullable String engineGetCertificateAlias(Certificate certificate) {
        return chain[0].equals(certificate) ? ALIAS : null;
    }

    @Override
    public void engineLoad(@Nullable InputStream stream, char @Nullable [] password) {
        if (stream != null) {
            throw new IllegalArgumentException("it is made with what it holds");
        }
    }

    @Override
    public void engineStore(OutputStream stream, char[] password) {
        throw readOnly();
    }

    @Override
    public void engineSetKeyEntry(String alias, Key other, char[] password, Certificate[] certificates) {
        throw readOnly();
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] other, Certificate[] certificates) {
        throw readOnly();
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) {
        throw readOnly();
    }

    @Override
    public void engineDeleteEntry(String alias) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("it is read and never written");
    }
}
