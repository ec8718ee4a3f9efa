package io.chapar.trust;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;

/** TLS from keys and certificates, with the configured anchors and no others. */
public final class TlsContexts {

    private TlsContexts() {}

    /** Presents this certificate to servers and trusts servers of these anchors only; host names are checked by the client's library. */
    public static SSLContext client(PrivateKey key, X509Certificate certificate, List<X509Certificate> anchors) {
        throw new UnsupportedOperationException();
    }

    /** Serves with this certificate and accepts client certificates of these anchors only. */
    public static SSLContext server(PrivateKey key, X509Certificate certificate, List<X509Certificate> anchors) {
        throw new UnsupportedOperationException();
    }

    /** Presents no certificate. */
    public static SSLContext anonymousClient(List<X509Certificate> anchors) {
        throw new UnsupportedOperationException();
    }
}
