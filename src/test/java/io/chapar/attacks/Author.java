package io.chapar.attacks;

import io.chapar.message.Signer;
import io.chapar.trust.KeySigner;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;

/** Somebody who signs with a key and shows a certificate; an honest one's belong together and are of P-256. */
public record Author(PrivateKey key, X509Certificate certificate, Clock clock) {

    Signer signer() {
        return new KeySigner(key, certificate, clock);
    }

    /** The two numbers of ECDSA side by side. */
    byte[] sign(byte[] input) {
        return sign("SHA256withECDSAinP1363Format", input);
    }

    byte[] sign(String algorithm, byte[] input) {
        try {
            Signature engine = Signature.getInstance(algorithm);
            engine.initSign(key);
            engine.update(input);
            return engine.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm, e);
        }
    }

    byte[] encoded() {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    String base64() {
        return Base64.getEncoder().encodeToString(encoded());
    }
}
