package io.chapar.trust;

import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.interfaces.ECKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets TLS and certificate paths compute ECDSA with Bouncy Castle: they ask the installed providers in their order, and the
 * platform's own takes up to ten times as long for the same. This one comes first and offers nothing else, so that nothing
 * else changes its provider. A key that is no elliptic curve's, or has no bytes, is left to the others.
 */
final class CurveSignatures extends Provider {

    private static final long serialVersionUID = 1L;
    private static final String NAME = "ChaparCurves";
    private static final List<String> ALGORITHMS = List.of("SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA");

    private CurveSignatures() {
        super(NAME, "1", "ECDSA of Bouncy Castle");
        ALGORITHMS.forEach(algorithm ->
                putService(new Computing(this, SignatureAlgorithm.BOUNCY_CASTLE.getService("Signature", algorithm))));
    }

    /** Does nothing when it is there already. */
    static void install() {
        Security.insertProviderAt(new CurveSignatures(), 1);
    }

    private static final class Computing extends Provider.Service {

        private final Provider.Service theirs;

        Computing(Provider provider, Provider.Service theirs) {
            super(provider, theirs.getType(), theirs.getAlgorithm(), theirs.getClassName(), List.of(), Map.of());
            this.theirs = theirs;
        }

        @Override
        public Object newInstance(@Nullable Object none) throws NoSuchAlgorithmException {
            return theirs.newInstance(none);
        }

        @Override
        public boolean supportsParameter(@Nullable Object key) {
            return key instanceof ECKey && key instanceof Key known && known.getEncoded() != null;
        }
    }
}
