package io.chapar.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;

/** Keys, certificates and revocation lists in PEM files. */
public final class PemFiles {

    private PemFiles() {}

    public static List<X509Certificate> certificates(Path file) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The first certificate of the file. */
    public static X509Certificate certificate(Path file) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** An unencrypted PKCS#8 key. */
    public static PrivateKey privateKey(Path file) throws IOException {
        throw new UnsupportedOperationException();
    }

    public static List<X509CRL> revocationLists(Path file) throws IOException {
        throw new UnsupportedOperationException();
    }
}
