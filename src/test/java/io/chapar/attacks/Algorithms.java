package io.chapar.attacks;

import io.chapar.trust.PartialSignatures;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;

/** Algorithms that prove nothing, or nothing any more; each signature is right by its own algorithm. */
final class Algorithms {

    private static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final String USUAL = MORE + "ecdsa-sha256";

    private Algorithms() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "weak and confused algorithms");
        if (original.form().isXml()) {
            names(cases);
            macs(cases, original);
            digests(cases);
            weakKeys(cases, original);
        }
        return cases.all();
    }

    private static void names(Cases cases) {
        for (String name : List.of(
                "",
                "none",
                DS + "dsa-sha1",
                DS + "rsa-sha1",
                DS + "hmac-sha1",
                "http://www.w3.org/2009/xmldsig11#dsa-sha256",
                MORE + "rsa-md5",
                MORE + "rsa-ripemd160",
                MORE + "rsa-sha224",
                MORE + "rsa-sha256",
                MORE + "rsa-sha512",
                MORE + "ecdsa-sha1",
                MORE + "ecdsa-sha224",
                MORE + "ecdsa-sha384",
                MORE + "ecdsa-sha512",
                MORE + "hmac-md5",
                "http://www.w3.org/2007/05/xmldsig-more#ecdsa-ripemd160",
                "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1",
                "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
                "http://www.w3.org/2007/05/xmldsig-more#rsa-pss",
                "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519",
                MORE + "ECDSA-SHA256",
                " " + USUAL)) {
            cases.resigned("'" + name + "'", SIGNATURE_INVALID, info -> info.replace(USUAL, name));
        }
        cases.resigned(
                "with parameters",
                SIGNATURE_INVALID,
                info -> info.replace(
                        "</ds:SignatureMethod>", "<ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>"));
        cases.changed(
                "without a value", SIGNATURE_INVALID, text -> text.replaceFirst("(<ds:SignatureValue>)[^<]*", "$1"));
    }

    private static void macs(Cases cases, Original original) {
        keys(original.cast().party())
                .forEach((name, key) -> Map.of("HmacSHA1", DS + "hmac-sha1", "HmacSHA256", MORE + "hmac-sha256")
                        .forEach((mac, uri) -> {
                            cases.changed(
                                    mac + " keyed with " + name,
                                    SIGNATURE_INVALID,
                                    text -> PartialSignatures.again(
                                            text, info -> info.replace(USUAL, uri), input -> mac(mac, key, input)));
                        }));
        cases.changed(
                "an HMAC cut to a byte",
                SIGNATURE_INVALID,
                text -> PartialSignatures.again(
                        text,
                        info -> info.replace(
                                USUAL + "\">", MORE + "hmac-sha256\"><ds:HMACOutputLength>8</ds:HMACOutputLength>"),
                        input -> new byte[1]));
    }

    /** What everybody has of a party: an algorithm that is confused takes it for a secret. */
    static Map<String, byte[]> keys(Author party) {
        byte[] spki = party.certificate().getPublicKey().getEncoded();
        Map<String, byte[]> keys = new LinkedHashMap<>();
        keys.put("the public key", spki);
        keys.put("the public key in PEM", pem("PUBLIC KEY", spki));
        keys.put("the point of the public key", java.util.Arrays.copyOfRange(spki, spki.length - 65, spki.length));
        keys.put("the certificate", party.encoded());
        keys.put("the certificate in PEM", pem("CERTIFICATE", party.encoded()));
        return keys;
    }

    private static byte[] pem(String kind, byte[] bytes) {
        String lines = java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return ("-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    static byte[] mac(String name, byte[] key, byte[] input) {
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key, name));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void digests(Cases cases) {
        for (String name : List.of(
                "",
                DS + "sha1",
                MORE + "md5",
                MORE + "sha224",
                "http://www.w3.org/2001/04/xmlenc#ripemd160",
                "http://www.w3.org/2007/05/xmldsig-more#whirlpool")) {
            cases.resigned(
                    "digest '" + name + "'",
                    SIGNATURE_INVALID,
                    info -> info.replaceFirst("(<ds:DigestMethod Algorithm=\")[^\"]*", "$1" + name));
        }
        cases.resigned(
                "an empty digest", SIGNATURE_INVALID, info -> info.replaceFirst("(<ds:DigestValue>)[^<]*", "$1"));
        cases.resigned(
                "half a digest", SIGNATURE_INVALID, info -> info.replaceFirst("(<ds:DigestValue>.{20})[^<]*", "$1"));
    }

    private static void weakKeys(Cases cases, Original original) {
        original.cast().weak().forEach((name, author) -> {
            Map<String, String> methods = name.startsWith("RSA")
                    ? Map.of(MORE + "rsa-sha256", "SHA256withRSA", DS + "rsa-sha1", "SHA1withRSA")
                    : name.equals("DSA")
                            ? Map.of(DS + "dsa-sha1", "SHA256withDSAinP1363Format", USUAL, "SHA256withDSAinP1363Format")
                            : Map.of(
                                    USUAL,
                                    "SHA256withECDSAinP1363Format",
                                    MORE + "ecdsa-sha512",
                                    "SHA512withECDSAinP1363Format");
            methods.forEach((uri, algorithm) -> cases.changed(
                    "a key of " + name + " with " + uri,
                    SIGNATURE_INVALID,
                    text -> PartialSignatures.again(
                            text.replace(original.cast().party().base64(), author.base64()),
                            info -> info.replace(USUAL, uri),
                            input -> author.sign(algorithm, input))));
        });
    }
}
