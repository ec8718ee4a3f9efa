package io.chapar.trust;

import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CurveSignaturesTest {

    private static final byte[] INPUT = {1, 2, 3};

    @BeforeAll
    static void install() {
        CurveSignatures.install();
        CurveSignatures.install();
    }

    @ParameterizedTest
    @CsvSource({"secp256r1, SHA256withECDSA", "secp384r1, SHA384withECDSA", "secp521r1, SHA512withECDSA"})
    void each_verifies_what_the_other_signed(String curve, String algorithm) throws Exception {
        KeyPair pair = pair(curve);

        byte[] ours = signed(Signature.getInstance(algorithm), pair);
        byte[] theirs = signed(Signature.getInstance(algorithm, "SunEC"), pair);

        assertThat(verifies(Signature.getInstance(algorithm, "SunEC"), pair, ours))
                .isTrue();
        assertThat(verifies(Signature.getInstance(algorithm), pair, theirs)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, -1})
    void refused_when_a_byte_was_changed(int place) throws Exception {
        KeyPair pair = pair("secp256r1");
        byte[] signature = signed(Signature.getInstance("SHA256withECDSA", "SunEC"), pair);
        signature[place < 0 ? signature.length - 1 : place] ^= 1;

        assertThat(isRefused(pair, signature)).isTrue();
    }

    @Test
    void refused_when_something_follows_the_signature() throws Exception {
        KeyPair pair = pair("secp256r1");
        byte[] signature = signed(Signature.getInstance("SHA256withECDSA", "SunEC"), pair);

        assertThat(isRefused(pair, Arrays.copyOf(signature, signature.length + 1)))
                .isTrue();
    }

    @Test
    void refused_when_both_numbers_are_zero() throws Exception {
        assertThat(isRefused(pair("secp256r1"), new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}))
                .isTrue();
    }

    @Test
    void refused_when_another_key_signed() throws Exception {
        byte[] signature = signed(Signature.getInstance("SHA256withECDSA"), pair("secp256r1"));

        assertThat(isRefused(pair("secp256r1"), signature)).isTrue();
    }

    @Test
    void a_key_that_is_no_curves_is_left_to_the_platform() throws Exception {
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();

        Signature signature = Signature.getInstance("SHA256withECDSA");
        assertThatThrownBy(() -> signature.initSign(rsa.getPrivate())).isInstanceOf(InvalidKeyException.class);
        assertThat(Signature.getInstance("SHA256withRSA").getProvider().getName())
                .isEqualTo("SunRsaSign");
    }

    @Test
    void nothing_else_changes_its_provider() throws Exception {
        assertThat(Security.getProvider("ChaparCurves").getServices())
                .hasSize(3)
                .allSatisfy(service -> assertThat(service.getType() + " " + service.getAlgorithm())
                        .matches("Signature SHA\\d+WITHECDSA"));
        assertThat(MessageDigest.getInstance("SHA-256").getProvider().getName()).isEqualTo("SUN");
    }

    /** A signature that is none is told by an exception, as the platform's engine does, or by a no. */
    private static boolean isRefused(KeyPair pair, byte[] signature) throws Exception {
        try {
            return !verifies(Signature.getInstance("SHA256withECDSA"), pair, signature);
        } catch (SignatureException e) {
            return true;
        }
    }

    private static KeyPair pair(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static byte[] signed(Signature engine, KeyPair pair) throws Exception {
        engine.initSign(pair.getPrivate());
        engine.update(INPUT);
        return engine.sign();
    }

    private static boolean verifies(Signature engine, KeyPair pair, byte[] signature) throws Exception {
        engine.initVerify(pair.getPublic());
        engine.update(INPUT);
        return engine.verify(signature);
    }
}
