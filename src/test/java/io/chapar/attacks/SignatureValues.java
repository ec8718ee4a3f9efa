package io.chapar.attacks;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;

/** Values that are no signature, or the same one in another encoding. */
final class SignatureValues {

    /** The order of P-256. */
    private static final BigInteger N =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private SignatureValues() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "signature values");
        byte[] value = Base64.getDecoder().decode(original.form().isXml() ? xmlValue(original) : jwsValue(original));
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(value, 0, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(value, 32, 64));
        bent(value, r, s).forEach((name, other) -> {
            if (original.form().isXml()) {
                String text = Base64.getEncoder().encodeToString(other);
                cases.changed(
                        name, SIGNATURE_INVALID, all -> all.replaceFirst("(<ds:SignatureValue>)[^<]*", "$1" + text));
            } else {
                cases.refused(name, original.body(), jws(original, other), SIGNATURE_INVALID);
            }
        });
        // ECDSA has two values for each signature; nothing here takes a value for the message's identity
        byte[] twin = plain(r, N.subtract(s));
        if (original.form().isXml()) {
            cases.harmlesslyChanged(
                    "the other one of the two values",
                    all -> all.replaceFirst(
                            "(<ds:SignatureValue>)[^<]*",
                            "$1" + Base64.getEncoder().encodeToString(twin)));
        } else {
            cases.harmless("the other one of the two values", original.body(), jws(original, twin));
        }
        return cases.all();
    }

    private static Map<String, byte[]> bent(byte[] value, BigInteger r, BigInteger s) {
        BigInteger zero = BigInteger.ZERO;
        BigInteger one = BigInteger.ONE;
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("nothing", new byte[0]);
        all.put("one byte", new byte[1]);
        all.put("r and s 0", plain(zero, zero));
        all.put("r 0", plain(zero, s));
        all.put("s 0", plain(r, zero));
        all.put("r and s 1", plain(one, one));
        all.put("r the order, s 0", plain(N, zero));
        all.put("r and s the order", plain(N, N));
        all.put("r the order and 1, s 1", plain(N.add(one), one));
        all.put("all bits set", filled());
        all.put("r and s changed about", plain(s, r));
        all.put("a bit wrong in r", bit(value, 5));
        all.put("a bit wrong in s", bit(value, 40));
        all.put("a byte less", Arrays.copyOf(value, 63));
        all.put("a byte more", Arrays.copyOf(value, 65));
        all.put("twice as long", Arrays.copyOf(value, 128));
        all.put("of the length of P-384", Arrays.copyOf(value, 96));
        all.put("r alone", Arrays.copyOf(value, 32));
        all.put("with leading zeros", padded(r, s));
        all.put("in DER", der(r, s));
        all.put("0 and 0 in DER", der(zero, zero));
        all.put("negative in DER", der(r.negate(), s));
        all.put("4 KiB", new byte[4096]);
        return all;
    }

    private static byte[] plain(BigInteger r, BigInteger s) {
        byte[] value = new byte[64];
        copy(r, value, 32);
        copy(s, value, 64);
        return value;
    }

    private static void copy(BigInteger number, byte[] into, int end) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, into, end - length, length);
    }

    private static byte[] padded(BigInteger r, BigInteger s) {
        byte[] value = new byte[66];
        copy(r, value, 33);
        copy(s, value, 66);
        return value;
    }

    private static byte[] der(BigInteger r, BigInteger s) {
        try {
            return new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)}).getEncoded();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] filled() {
        byte[] value = new byte[64];
        Arrays.fill(value, (byte) 0xFF);
        return value;
    }

    private static byte[] bit(byte[] value, int at) {
        byte[] other = value.clone();
        other[at] ^= 1;
        return other;
    }

    private static String xmlValue(Original original) {
        return original.text().replaceFirst("(?s)^.*<ds:SignatureValue>([^<]*)<.*$", "$1");
    }

    private static String jwsValue(Original original) {
        String jws = original.jws().orElseThrow();
        return jws.substring(jws.lastIndexOf('.') + 1).replace('-', '+').replace('_', '/');
    }

    private static Optional<String> jws(Original original, byte[] value) {
        return original.jws()
                .map(jws -> jws.substring(0, jws.lastIndexOf('.') + 1)
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(value));
    }
}
