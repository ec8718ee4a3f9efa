package io.chapar.trust;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.impl.ECDHCryptoProvider;
import com.nimbusds.jose.crypto.utils.ECChecks;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.interfaces.ECPublicKey;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens what is encrypted to a curve's key in a token. Only the key agreement is computed there; the library's own
 * decrypter would ask one provider for that and for unwrapping keys, which the token's has not.
 */
final class AgreedDecrypter extends ECDHCryptoProvider implements JWEDecrypter {

    private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384);

    private final TokenKey key;

    AgreedDecrypter(TokenKey key, ECPublicKey own) throws JOSEException {
        super(Curve.forECParameterSpec(own.getParams()), null);
        this.key = key;
    }

    @Override
    public Set<Curve> supportedEllipticCurves() {
        return CURVES;
    }

    /** Part of the interface since {@code crit} may be handled by a decrypter; {@link DecryptionKey} lets none through. */
    @Override
    public byte[] decrypt(
            JWEHeader header,
            Base64URL encryptedKey,
            Base64URL nonce,
            Base64URL cipherText,
            Base64URL tag,
            byte[] additional)
            throws JOSEException {
        if (!(header.getEphemeralPublicKey() instanceof ECKey ephemeral)) {
            throw new JOSEException("epk is no key of a curve");
        }
        ECPublicKey other = ephemeral.toECPublicKey();
        if (!getCurve().equals(ephemeral.getCurve())
                || !ECChecks.isPointOnCurve(other, getCurve().toECParameterSpec())) {
            throw new JOSEException("epk is not a point on this key's curve");
        }
        return decryptWithZ(
                header, additional, new SecretKeySpec(key.agree(other), "AES"), encryptedKey, nonce, cipherText, tag);
    }
}
