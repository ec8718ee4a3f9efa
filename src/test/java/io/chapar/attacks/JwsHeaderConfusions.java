package io.chapar.attacks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;

/** Headers of JWS that two readers understand differently; the signature over each is right. */
final class JwsHeaderConfusions {

    private JwsHeaderConfusions() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "alg, crit and b64");
        if (original.form() == Form.JSON) {
            Author party = original.cast().party();
            byte[] payload = original.body();
            String x5c = "\"x5c\":[\"" + party.base64() + "\"]";
            headers(x5c)
                    .forEach((name, header) -> cases.refused(
                            name, payload, JwsWriting.signed(header, payload, party::sign), SIGNATURE_INVALID));
            harmless(x5c)
                    .forEach((name, header) ->
                            cases.harmless(name, payload, JwsWriting.signed(header, payload, party::sign)));
            unencoded(cases, party, payload, x5c);
            algorithms(cases, original, x5c);
        }
        return cases.all();
    }

    private static Map<String, String> headers(String x5c) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String alg : List.of(
                "none",
                "None",
                "NONE",
                "nOnE",
                "",
                "HS256",
                "HS384",
                "HS512",
                "RS1",
                "RS256",
                "RS384",
                "PS256",
                "PS512",
                "ES256K",
                "ES384",
                "ES512",
                "es256",
                "ES256 ",
                "EdDSA",
                "Ed448",
                "A128KW",
                "dir",
                "RSA-OAEP")) {
            all.put("alg '" + alg + "'", "{\"alg\":\"" + alg + "\"," + x5c + "}");
        }
        all.put("no alg", "{" + x5c + "}");
        all.put("alg null", "{\"alg\":null," + x5c + "}");
        all.put("alg a number", "{\"alg\":256," + x5c + "}");
        all.put("alg a list", "{\"alg\":[\"ES256\"]," + x5c + "}");
        all.put("alg in capitals", "{\"ALG\":\"ES256\"," + x5c + "}");
        all.put("alg below", "{\"header\":{\"alg\":\"ES256\"}," + x5c + "}");
        all.put("alg twice", "{\"alg\":\"ES256\",\"alg\":\"ES256\"," + x5c + "}");
        all.put("alg none, then another", "{\"alg\":\"none\",\"alg\":\"ES256\"," + x5c + "}");
        all.put("alg twice, once escaped", "{\"alg\":\"ES256\",\"\\u0061lg\":\"none\"," + x5c + "}");
        all.put("x5c twice", "{\"alg\":\"ES256\"," + x5c + "," + x5c + "}");
        all.put("a crit that nobody knows", "{\"alg\":\"ES256\",\"crit\":[\"x\"],\"x\":1," + x5c + "}");
        all.put(
                "a crit of JAdES",
                "{\"alg\":\"ES256\",\"crit\":[\"sigT\"],\"sigT\":\"2026-11-23T10:00:00Z\"," + x5c + "}");
        all.put("crit with more than b64", "{\"alg\":\"ES256\",\"crit\":[\"b64\",\"exp\"],\"b64\":true," + x5c + "}");
        all.put("crit with b64 twice", "{\"alg\":\"ES256\",\"crit\":[\"b64\",\"b64\"],\"b64\":true," + x5c + "}");
        all.put("crit with alg", "{\"alg\":\"ES256\",\"crit\":[\"alg\"]," + x5c + "}");
        all.put("crit with what is absent", "{\"alg\":\"ES256\",\"crit\":[\"b64\"]," + x5c + "}");
        all.put("an empty crit", "{\"alg\":\"ES256\",\"crit\":[]," + x5c + "}");
        all.put("crit null", "{\"alg\":\"ES256\",\"crit\":null," + x5c + "}");
        all.put("crit a text", "{\"alg\":\"ES256\",\"crit\":\"b64\",\"b64\":true," + x5c + "}");
        all.put("crit in capitals", "{\"alg\":\"ES256\",\"crit\":[\"B64\"],\"B64\":false," + x5c + "}");
        all.put("b64 that is not critical", "{\"alg\":\"ES256\",\"b64\":false," + x5c + "}");
        all.put("b64 true that is not critical", "{\"alg\":\"ES256\",\"b64\":true," + x5c + "}");
        all.put("b64 a text", "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":\"true\"," + x5c + "}");
        all.put("b64 a number", "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":1," + x5c + "}");
        all.put("b64 null", "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":null," + x5c + "}");
        all.put(
                "b64 false over the encoded payload",
                "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":false," + x5c + "}");
        all.put("a list", "[{\"alg\":\"ES256\"," + x5c + "}]");
        all.put("two objects", "{\"alg\":\"ES256\"," + x5c + "}{}");
        all.put("a mark before it", "\uFEFF{\"alg\":\"ES256\"," + x5c + "}");
        all.put("NUL behind it", "{\"alg\":\"ES256\"," + x5c + "}\u0000");
        all.put("a comment in it", "{\"alg\":\"ES256\",/* */" + x5c + "}");
        all.put("NaN in it", "{\"alg\":\"ES256\",\"x\":NaN," + x5c + "}");
        all.put("half a surrogate pair in it", "{\"alg\":\"ES256\",\"x\":\"\\ud800\"," + x5c + "}");
        all.put(
                "lists in lists in it",
                "{\"alg\":\"ES256\",\"x\":" + "[".repeat(100) + "]".repeat(100) + "," + x5c + "}");
        return all;
    }

    /** What nobody looks at changes nothing. */
    private static Map<String, String> harmless(String x5c) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("alg escaped", "{\"alg\":\"\\u0045S256\"," + x5c + "}");
        all.put("white space in the header", " {\n\"alg\" : \"ES256\" ,\t" + x5c + " } ");
        all.put("a kid that is a path", "{\"alg\":\"ES256\",\"kid\":\"../../../../dev/null\"," + x5c + "}");
        all.put("a kid that is SQL", "{\"alg\":\"ES256\",\"kid\":\"x' UNION SELECT 'key\"," + x5c + "}");
        all.put("the members of JWE", "{\"alg\":\"ES256\",\"enc\":\"A256GCM\",\"zip\":\"DEF\"," + x5c + "}");
        all.put("another typ", "{\"alg\":\"ES256\",\"typ\":\"chapar-receipt+jwt\",\"cty\":\"JWT\"," + x5c + "}");
        all.put("b64 true, critical", "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":true," + x5c + "}");
        return all;
    }

    private static void unencoded(Cases cases, Author party, byte[] payload, String x5c) {
        String critical = "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":%s," + x5c + "}";
        cases.refused(
                "b64 true over the bare payload",
                payload,
                JwsWriting.bare(critical.replace("%s", "true"), payload, party::sign),
                SIGNATURE_INVALID);
        cases.refused(
                "no b64 over the bare payload",
                payload,
                JwsWriting.bare("{\"alg\":\"ES256\"," + x5c + "}", payload, party::sign),
                SIGNATURE_INVALID);
        cases.harmless(
                "b64 false over the bare payload",
                payload,
                JwsWriting.bare(critical.replace("%s", "false"), payload, party::sign));
    }

    private static void algorithms(Cases cases, Original original, String x5c) {
        byte[] payload = original.body();
        Algorithms.keys(original.cast().party())
                .forEach((name, key) -> Map.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512")
                        .forEach((alg, mac) -> cases.refused(
                                alg + " keyed with " + name,
                                payload,
                                JwsWriting.signed(
                                        "{\"alg\":\"" + alg + "\"," + x5c + "}",
                                        payload,
                                        input -> Algorithms.mac(mac, key, input)),
                                SIGNATURE_INVALID)));
        for (String alg : List.of("none", "None", "")) {
            cases.refused(
                    "alg '" + alg + "' without a value",
                    payload,
                    Optional.of(JwsWriting.encode("{\"alg\":\"" + alg + "\"," + x5c + "}") + ".."),
                    SIGNATURE_INVALID);
        }
        original.cast().weak().forEach((name, author) -> {
            String alg = name.startsWith("RSA") ? "RS256" : "ES256";
            String algorithm = name.startsWith("RSA")
                    ? "SHA256withRSA"
                    : name.equals("DSA") ? "SHA256withDSAinP1363Format" : "SHA256withECDSAinP1363Format";
            cases.refused(
                    "a key of " + name,
                    payload,
                    JwsWriting.signed(
                            "{\"alg\":\"" + alg + "\",\"x5c\":[\"" + author.base64() + "\"]}",
                            payload,
                            input -> author.sign(algorithm, input)),
                    SIGNATURE_INVALID);
        });
    }
}
