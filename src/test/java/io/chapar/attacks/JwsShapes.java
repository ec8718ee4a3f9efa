package io.chapar.attacks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;
import static io.chapar.message.ProblemCode.SIGNATURE_MISSING;

/** What stands in X-JWS-Signature and is no detached JWS in its one form, and bytes that were changed under it. */
final class JwsShapes {

    private JwsShapes() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "shapes of a JWS");
        if (original.form() == Form.JSON) {
            byte[] body = original.body();
            cases.refused("no signature", body, Optional.empty(), SIGNATURE_MISSING);
            shapes(original).forEach((name, jws) -> cases.refused(name, body, Optional.of(jws), SIGNATURE_INVALID));
            payloads(cases);
            Author party = original.cast().party();
            String header = "{\"alg\":\"ES256\",\"x5c\":[\"" + party.base64() + "\"]}";
            String standard = java.util.Base64.getEncoder()
                    .encodeToString((header.replace("{", "{\"a\":\"??>>\","))
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            cases.refused(
                    "header in the other base64",
                    body,
                    JwsWriting.encoded(standard, body, party::sign),
                    SIGNATURE_INVALID);
        }
        return cases.all();
    }

    private static Map<String, String> shapes(Original original) {
        String jws = original.jws().orElseThrow();
        String header = jws.substring(0, jws.indexOf('.'));
        String value = jws.substring(jws.lastIndexOf('.') + 1);
        String payload = JwsWriting.encode(original.body());
        Map<String, String> all = new LinkedHashMap<>();
        all.put("one part", header);
        all.put("two parts", header + "." + value);
        all.put("four parts", jws + "." + value);
        all.put("five parts, as a JWE has", header + "...." + value);
        all.put("full stops only", "..");
        all.put("no header", ".." + value);
        all.put("no value", header + "..");
        all.put("not detached, another payload", header + "." + JwsWriting.encode("{}") + "." + value);
        if (payload.length() < 4_000) {
            all.put("not detached", header + "." + payload + "." + value);
        }
        all.put("padded header", header + "=.." + value);
        all.put("padded value", jws + "==");
        all.put("a space inside", header + ".. " + value);
        all.put("quotes about it", "\"" + jws + "\"");
        all.put("two of them", jws + ", " + jws);
        all.put("loose bits at its end", header + ".." + loosened(value));
        all.put("characters of no base64", header + "..*" + value.substring(1));
        all.put("something behind it", jws + "AAAA");
        String flattened = "{\"protected\":\"" + header + "\",\"payload\":\"\",\"signature\":\"" + value + "\"}";
        all.put("flattened JSON", flattened);
        all.put("general JSON", "{\"payload\":\"\",\"signatures\":[" + flattened + "]}");
        all.put(
                "alg in the unprotected header",
                "{\"protected\":\"e30\",\"header\":{\"alg\":\"none\"},\"payload\":\"\",\"signature\":\"\"}");
        all.put("header that is no JSON", JwsWriting.encode("x") + ".." + value);
        all.put("header that is empty JSON", JwsWriting.encode("{}") + ".." + value);
        return all;
    }

    /** 64 bytes leave four bits over at the end of their text, which must be 0. */
    private static String loosened(String value) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(value.charAt(value.length() - 1));
        return value.substring(0, value.length() - 1) + alphabet.charAt(last + 1);
    }

    private static void payloads(Cases cases) {
        cases.changed("white space behind the document", SIGNATURE_INVALID, text -> text + "\n");
        cases.changed("white space before the document", SIGNATURE_INVALID, text -> " " + text);
        cases.changed("white space inside", SIGNATURE_INVALID, text -> text.replaceFirst(":", " :"));
        cases.changed("a value", SIGNATURE_INVALID, text -> text.replaceFirst("(\"nonce\"\\s*:\\s*\")....", "$1AAAA"));
        cases.changed("a member added", SIGNATURE_INVALID, text -> text.replaceFirst("\\{", "{\"x\":1,"));
        cases.changed("a key twice", SIGNATURE_INVALID, text -> text.replaceFirst("\\{", "{\"header\":{},"));
        cases.changed(
                "a character escaped",
                SIGNATURE_INVALID,
                text -> text.replaceFirst("\"header\"", "\"\\\\u0068eader\""));
        cases.changed("cut off", SIGNATURE_INVALID, text -> text.substring(0, text.length() - 1));
        cases.changed("another document", SIGNATURE_INVALID, text -> "{}");
        cases.changed("its lines ended otherwise", SIGNATURE_INVALID, text -> text.replace("\n", "\r\n") + "\r\n");
    }
}
