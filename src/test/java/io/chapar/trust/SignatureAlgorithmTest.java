package io.chapar.trust;

import io.chapar.trust.TestPki.Identity;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Values under RSA and Ed25519 that a lenient verifier takes, after the classes of Wycheproof; those of ECDSA are among the
 * attacks that are made of every message.
 */
class SignatureAlgorithmTest {

    private static final TestPki PKI = new TestPki("Values");
    private static final Identity RSA = PKI.signing("MLSPP", TestPki.rsa(2048));
    private static final Identity EDWARDS = PKI.signing("SMS", TestPki.ed25519());
    private static final byte[] INPUT = "what is signed".getBytes(US_ASCII);
    private static final int LENGTH = 256;
    private static final String SHA_256 = "3031300d060960864801650304020105000420";
    private static final String SHA_256_WITHOUT_NULL = "302f300b0609608648016503040201" + "0420";
    private static final String SHA_1 = "3021300906052b0e03021a05000414";

    /** The order of the group (RFC 8032, section 5.1). */
    private static final BigInteger L =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static KeyObjects.Known known(Identity identity) throws GeneralSecurityException {
        return KeyObjects.of(identity.certificate());
    }

    private static byte[] signed(String algorithm, Identity identity) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(identity.keys().getPrivate());
        signature.update(INPUT);
        return signature.sign();
    }

    private static byte[] sha(String algorithm) throws GeneralSecurityException {
        return MessageDigest.getInstance(algorithm).digest(INPUT);
    }

    private static byte[] together(Object... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            bytes.writeBytes(part instanceof byte[] raw ? raw : HexFormat.of().parseHex(part.toString()));
        }
        return bytes.toByteArray();
    }

    /** What the key makes of a block, whatever stands in it. */
    private static byte[] raw(byte[] block) {
        RSAPrivateKey key = (RSAPrivateKey) RSA.keys().getPrivate();
        return fixed(new BigInteger(1, block).modPow(key.getPrivateExponent(), key.getModulus()), LENGTH);
    }

    private static byte[] fixed(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[length];
        int copied = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - copied, fixed, length - copied, copied);
        return fixed;
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }

    /** EMSA-PKCS1-v1_5 (RFC 8017, section 9.2) but for what is given. */
    private static byte[] padded(String first, byte[] rest) {
        return raw(together(first, filled(LENGTH - 3 - rest.length), "00", rest));
    }

    private static byte[] pss(String hash, MGF1ParameterSpec mask, int salt, int trailer) throws Exception {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(hash, "MGF1", mask, salt, trailer));
        signature.initSign(RSA.keys().getPrivate());
        signature.update(INPUT);
        return signature.sign();
    }

    static Stream<Arguments> underRsa() throws Exception {
        BigInteger modulus = ((RSAPrivateKey) RSA.keys().getPrivate()).getModulus();
        byte[] good = signed("SHA256withRSA", RSA);
        byte[] digest = sha("SHA-256");
        byte[] info = together(SHA_256, digest);
        return Stream.of(
                arguments("nothing", new byte[0]),
                arguments("0", new byte[LENGTH]),
                arguments("1", fixed(BigInteger.ONE, LENGTH)),
                arguments("one less than the modulus", fixed(modulus.subtract(BigInteger.ONE), LENGTH)),
                arguments("the modulus", fixed(modulus, LENGTH)),
                arguments("the modulus more", fixed(new BigInteger(1, good).add(modulus), LENGTH + 1)),
                arguments("all bits set", filled(LENGTH)),
                arguments("a byte less", Arrays.copyOf(good, LENGTH - 1)),
                arguments("a byte more", Arrays.copyOf(good, LENGTH + 1)),
                arguments("a zero in front", together("00", good)),
                arguments("twice", together(good, good)),
                arguments("the padding of encryption", padded("0002", info)),
                arguments("no padding", padded("0000", info)),
                arguments(
                        "a first byte that is not zero",
                        raw(together("01", filled(LENGTH - 2 - info.length), "00", info))),
                arguments("something behind the digest", padded("0001", together(info, "00"))),
                arguments(
                        "short padding and something behind",
                        raw(together("0001", filled(8), "00", info, new byte[LENGTH - 11 - info.length]))),
                arguments("a digest without its name", padded("0001", digest)),
                arguments("SHA-1", padded("0001", together(SHA_1, sha("SHA-1")))),
                arguments(
                        "SHA-1 called SHA-256",
                        padded("0001", together(SHA_256.replace("0420", "0414"), sha("SHA-1")))),
                arguments("a length in two bytes", padded("0001", together("308131", SHA_256.substring(4), digest))),
                arguments("PSS with SHA-1", pss("SHA-1", MGF1ParameterSpec.SHA1, 20, 1)),
                arguments("PSS with a mask by SHA-1", pss("SHA-256", MGF1ParameterSpec.SHA1, 32, 1)),
                arguments("PSS without salt", pss("SHA-256", MGF1ParameterSpec.SHA256, 0, 1)),
                arguments("PSS with less salt", pss("SHA-256", MGF1ParameterSpec.SHA256, 20, 1)),
                arguments("PSS with more salt", pss("SHA-256", MGF1ParameterSpec.SHA256, 64, 1)),
                arguments("PSS with SHA-512", pss("SHA-512", MGF1ParameterSpec.SHA512, 64, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("underRsa")
    void refused_under_rsa(String what, byte[] value) throws Exception {
        assertThat(SignatureAlgorithm.RS256.verifies(known(RSA), INPUT, value))
                .as(what)
                .isFalse();
        assertThat(SignatureAlgorithm.PS256.verifies(known(RSA), INPUT, value))
                .as(what)
                .isFalse();
    }

    static Stream<Arguments> underEd25519() throws Exception {
        byte[] good = signed("Ed25519", EDWARDS);
        byte[] point = Arrays.copyOf(good, 32);
        BigInteger s = littleEndian(Arrays.copyOfRange(good, 32, 64));
        return Stream.of(
                arguments("nothing", new byte[0]),
                arguments("0", new byte[64]),
                arguments("all bits set", filled(64)),
                arguments("S 0", together(point, new byte[32])),
                arguments("the order more in S", together(point, littleEndian(s.add(L)))),
                arguments("eight orders more in S", together(point, littleEndian(s.add(L.shiftLeft(3))))),
                arguments("S negated", together(point, littleEndian(L.subtract(s)))),
                arguments(
                        "R the neutral point",
                        together(littleEndian(BigInteger.ONE), Arrays.copyOfRange(good, 32, 64))),
                arguments("R that is no point", together(filled(32), Arrays.copyOfRange(good, 32, 64))),
                arguments("the sign of R", together(flipped(point, 31), Arrays.copyOfRange(good, 32, 64))),
                arguments("R and S changed about", together(Arrays.copyOfRange(good, 32, 64), point)),
                arguments("a byte less", Arrays.copyOf(good, 63)),
                arguments("a byte more", Arrays.copyOf(good, 65)),
                arguments("R alone", point));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] other = bytes.clone();
        other[at] ^= (byte) 0x80;
        return other;
    }

    private static BigInteger littleEndian(byte[] bytes) {
        return new BigInteger(1, reversed(bytes));
    }

    private static byte[] littleEndian(BigInteger number) {
        return reversed(fixed(number, 32));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("underEd25519")
    void refused_under_ed25519(String what, byte[] value) throws Exception {
        assertThat(SignatureAlgorithm.ED25519.verifies(known(EDWARDS), INPUT, value))
                .as(what)
                .isFalse();
    }

    /** Else the cases above would be refused for how they are made. */
    @Test
    void taken_when_it_is_made_in_the_same_way_and_right() throws Exception {
        byte[] info = together(SHA_256, sha("SHA-256"));

        assertThat(SignatureAlgorithm.RS256.verifies(known(RSA), INPUT, padded("0001", info)))
                .isTrue();
        // Both ways of writing that a hash has no parameters count (RFC 8017, appendix A.2.4).
        assertThat(SignatureAlgorithm.RS256.verifies(
                        known(RSA), INPUT, padded("0001", together(SHA_256_WITHOUT_NULL, sha("SHA-256")))))
                .isTrue();
        assertThat(SignatureAlgorithm.PS256.verifies(
                        known(RSA), INPUT, pss("SHA-256", MGF1ParameterSpec.SHA256, 32, 1)))
                .isTrue();
        byte[] good = signed("Ed25519", EDWARDS);
        byte[] again = together(Arrays.copyOf(good, 32), littleEndian(littleEndian(Arrays.copyOfRange(good, 32, 64))));
        assertThat(SignatureAlgorithm.ED25519.verifies(known(EDWARDS), INPUT, again))
                .isTrue();
    }
}
