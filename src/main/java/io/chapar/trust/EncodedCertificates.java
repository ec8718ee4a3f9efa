package io.chapar.trust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Certificates that arrive as bytes. Reading one proves nothing about it. */
public final class EncodedCertificates {

    private EncodedCertificates() {}

    /** @throws Malformed when these bytes are no X.509 certificate in DER */
    public static X509Certificate read(byte[] encoded) throws Malformed {
        try {
            return KeyObjects.of(encoded).certificate();
        } catch (CertificateException e) {
            throw new Malformed("no certificate");
        }
    }
}
