package io.chapar.trust;

import java.io.Serial;
import java.security.DrbgParameters;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives each thread a random number generator of its own. The platform's usual one serves all threads from behind one lock:
 * who holds it and loses its processor holds up everybody who signs, seals, shakes hands or makes an id. Each of these is the
 * platform's DRBG (NIST SP 800-90A), seeded by the system. This provider comes first and offers nothing else.
 */
public final class ThreadRandom extends Provider {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String NAME = "ChaparRandom";

    private ThreadRandom() {
        super(NAME, "1", "A DRBG for each thread");
        putService(new Making(this));
    }

    /**
     * For whatever asks for a generator from now on; so it is called before anything else. Does nothing when it is there.
     *
     * @throws IllegalStateException when the platform has none to give
     */
    public static void install() {
        Numbers.OWN.get();
        Security.insertProviderAt(new ThreadRandom(), 1);
    }

    private static final class Making extends Provider.Service {

        Making(Provider provider) {
            // Else the generator of one object would be locked for each use after all.
            super(provider, "SecureRandom", NAME, Numbers.class.getName(), List.of(), Map.of("ThreadSafe", "true"));
        }

        @Override
        public Object newInstance(@Nullable Object parameters) {
            return new Numbers();
        }
    }

    private static final class Numbers extends SecureRandomSpi {

        @Serial
        private static final long serialVersionUID = 1L;

        /** As strong as the strongest keys that are made with it; the usual one has 128 bits. */
        private static final DrbgParameters.Instantiation STRONG =
                DrbgParameters.instantiation(256, DrbgParameters.Capability.RESEED_ONLY, null);

        private static final ThreadLocal<SecureRandom> OWN = ThreadLocal.withInitial(Numbers::made);

        /** Seeded by the system before anybody can seed it: what it is given then is added, and never all that it has. */
        private static SecureRandom made() {
            try {
                SecureRandom own = SecureRandom.getInstance("DRBG", STRONG, "SUN");
                own.nextBytes(new byte[1]);
                return own;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this platform has no DRBG of 256 bits", e);
            }
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            OWN.get().setSeed(seed);
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            OWN.get().nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            return OWN.get().generateSeed(length);
        }
    }
}
