package io.chapar.trust;

import java.io.ByteArrayOutputStream;
import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets TLS sign with a key in a token: it asks the installed providers which of them can use the key that it has. This one
 * comes last and can use nothing else, so that nothing else changes its provider.
 */
final class TokenSignatures extends Provider {

    private static final long serialVersionUID = 1L;
    private static final String NAME = "ChaparToken";

    /** With which a server or a client of TLS 1.2 and 1.3 may sign. */
    private static final List<String> ALGORITHMS = List.of(
            "SHA256withECDSA", "SHA384withECDSA", "SHA256withRSA", "SHA384withRSA", "SHA512withRSA", "RSASSA-PSS");

    private TokenSignatures() {
        super(NAME, "1", "Signs with keys in a token of PKCS#11");
        ALGORITHMS.forEach(algorithm -> putService(new Signing(this, algorithm)));
    }

    /** Does nothing when it is there already. */
    static void install() {
        Security.addProvider(new TokenSignatures());
    }

    private static final class Signing extends Provider.Service {

        Signing(Provider provider, String algorithm) {
            super(provider, "Signature", algorithm, Engine.class.getName(), List.of(), Map.of());
        }

        @Override
        public Object newInstance(@Nullable Object none) {
            return new Engine(getAlgorithm());
        }

        @Override
        public boolean supportsParameter(@Nullable Object key) {
            return key instanceof TokenKey;
        }
    }

    /** Collects what is to be signed, which in TLS is little. */
    private static final class Engine extends SignatureSpi {

        private final String algorithm;
        private final ByteArrayOutputStream input = new ByteArrayOutputStream();
        private @Nullable AlgorithmParameterSpec parameters;
        private @Nullable TokenKey key;

        Engine(String algorithm) {
            this.algorithm = algorithm;
        }

        @Override
        protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
            if (!(privateKey instanceof TokenKey held)) {
                throw new InvalidKeyException("a key in a token was expected");
            }
            key = held;
            input.reset();
        }

        @Override
        protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
            throw new InvalidKeyException("whoever has the certificate verifies without a token");
        }

        @Override
        protected void engineUpdate(byte one) {
            input.write(one);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {
            input.write(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            byte[] collected = input.toByteArray();
            input.reset();
            try {
                return Objects.requireNonNull(key, "sign comes after initSign").sign(algorithm, parameters, collected);
            } catch (KeyUnavailable e) {
                throw new SignatureException(e.getMessage(), e);
            }
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            throw new SignatureException("nothing is verified here");
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec given) {
            parameters = given;
        }

        @Override
        protected @Nullable AlgorithmParameters engineGetParameters() {
            return null;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException("parameters are objects of their own class");
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException("parameters are objects of their own class");
        }
    }
}
