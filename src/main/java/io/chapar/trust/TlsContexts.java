package io.chapar.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS from keys and certificates, with the configured anchors and no others. */
public final class TlsContexts {

    /** As long as a connection to a receiver is used. */
    private static final Duration RESUMED = Duration.ofMinutes(5);

    private static final char[] IN_MEMORY_ONLY = new char[0];

    static {
        // Where a setting allows TLS 1.2, one connection could otherwise cost a handshake after the other.
        // The platform has no other way to say it, and reads it once, at the first handshake.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        ThreadRandom.install();
        CurveSignatures.install();
    }

    private TlsContexts() {}

    /**
     * Presents this certificate to servers, and trusts servers of these anchors only. Checking that a server's
     * certificate names its host is up to the HTTP client, which all do unless told otherwise.
     */
    public static SSLContext client(PrivateKey key, X509Certificate certificate, List<X509Certificate> anchors) {
        return context(keys(key, certificate), trust(anchors));
    }

    /**
     * As {@link #client(PrivateKey, X509Certificate, List)}, but of those authorities that count when a connection is opened,
     * and a server's certificate is held to lists and responders, too, with what the server staples. A session is resumed
     * without that, so none is for longer than a few minutes.
     */
    public static SSLContext client(PrivateKey key, X509Certificate certificate, CertificatePaths paths) {
        SSLContext context = context(keys(key, certificate), new TrustManager[] {new ServerPathTrust(paths)});
        context.getClientSessionContext().setSessionTimeout((int) RESUMED.toSeconds());
        return context;
    }

    /** Serves with this certificate, and accepts client certificates of these anchors only. */
    public static SSLContext server(PrivateKey key, X509Certificate certificate, List<X509Certificate> anchors) {
        return context(keys(key, certificate), trust(anchors));
    }

    /** Presents no certificate. */
    public static SSLContext anonymousClient(List<X509Certificate> anchors) {
        return context(new KeyManager[0], trust(anchors));
    }

    /** The anchors as a key store, for libraries that want one. */
    public static KeyStore trustStore(List<X509Certificate> anchors) {
        try {
            KeyStore store = emptyStore();
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry("anchor-" + i, anchors.get(i));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("these certificates cannot be anchors", e);
        }
    }

    /** A key, which may lie in a token, as a key store, for libraries that want one; it needs no password. */
    public static KeyStore keyStore(PrivateKey key, List<X509Certificate> chain) {
        if (key instanceof TokenKey) {
            TokenSignatures.install();
        }
        return OneKey.store(KeyObjects.key(key), chain);
    }

    /**
     * As {@link #keyStore}, for a server that copies what a key consists of into another store of the same type; one in a
     * token stays where it is.
     */
    public static KeyStore serverKeyStore(PrivateKey key, List<X509Certificate> chain) {
        if (key instanceof TokenKey) {
            return keyStore(key, chain);
        }
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("own", key, IN_MEMORY_ONLY, chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("this key and certificate cannot be used for TLS", e);
        }
    }

    private static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no TLS", e);
        }
    }

    /** As the platform trusts, with these anchors. */
    static X509ExtendedTrustManager platform(List<X509Certificate> anchors) {
        return Arrays.stream(trust(anchors))
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the platform has no certificate paths"));
    }

    private static TrustManager[] trust(List<X509Certificate> anchors) {
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("without an anchor nobody could be trusted");
        }
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trustStore(anchors));
            return trust.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no certificate paths", e);
        }
    }

    private static KeyManager[] keys(PrivateKey key, X509Certificate certificate) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(keyStore(key, List.of(certificate)), IN_MEMORY_ONLY);
            return keys.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this key and certificate cannot be used for TLS", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
