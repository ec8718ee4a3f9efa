package io.chapar.trust;

import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/** A private key in a token: what it computes is computed there. It stays the same when the token is opened again. */
final class TokenKey implements PrivateKey {

    private static final long serialVersionUID = 1L;

    private final transient Token token;
    private final String label;
    private final String algorithm;

    TokenKey(Token token, String label, String algorithm) {
        this.token = token;
        this.label = label;
        this.algorithm = algorithm;
    }

    /**
     * @param signature as the Java platform calls it
     * @param parameters of the signature, when it has some
     * @throws KeyUnavailable when the token cannot sign now
     */
    byte[] sign(String signature, @Nullable AlgorithmParameterSpec parameters, byte[] input) {
        return token.with(label, (provider, key) -> {
            Signature engine = Signature.getInstance(signature, provider);
            if (parameters != null) {
                engine.setParameter(parameters);
            }
            engine.initSign((PrivateKey) key);
            engine.update(input);
            return engine.sign();
        });
    }

    /**
     * What this key and the other one have in common (ECDH).
     *
     * @param other a point on this key's curve, which the caller has seen to
     * @throws KeyUnavailable when the token cannot compute it now
     */
    byte[] agree(ECPublicKey other) {
        return token.with(label, (provider, key) -> {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
            agreement.init(key);
            agreement.doPhase(other, true);
            return agreement.generateSecret();
        });
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    /** It has no bytes. */
    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }
}
