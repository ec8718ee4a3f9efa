package io.chapar.attacks;

import io.chapar.trust.TestPki;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Map;

/**
 * Who appears in an attack.
 *
 * @param party whose connection it is
 * @param other another party of the directory
 * @param stranger with a certificate of the same name, from an authority of the same name that nobody trusts
 * @param weak keys that must not sign, by what they are
 * @param bait where nobody may ever call
 */
public record Cast(Author party, Author other, Author stranger, Map<String, Author> weak, URI bait) {

    /** @param weak keys that {@link #weak} made, or others */
    public static Cast of(Author party, Author other, Map<String, Author> weak, Clock clock, URI bait) {
        String name = party.certificate().getSubjectX500Principal().getName().replaceFirst("^CN=([^,]+),.*$", "$1");
        return new Cast(party, other, author(new TestPki("Attacks").signing(name), clock), weak, bait);
    }

    /** Keys that no profile allows, certified all the same. */
    public static Map<String, Author> weak(TestPki authority, Clock clock) {
        return Map.of(
                "RSA of 1024 bits", author(authority.signing("MH", TestPki.rsa(1024)), clock),
                "DSA", author(authority.signing("MH", dsa()), clock),
                "P-521", author(authority.signing("MH", TestPki.ec("secp521r1")), clock));
    }

    private static Author author(TestPki.Identity identity, Clock clock) {
        return new Author(identity.keys().getPrivate(), identity.certificate(), clock);
    }

    private static KeyPair dsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("DSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
