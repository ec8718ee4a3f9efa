package io.chapar.attacks;

import java.security.interfaces.ECPublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.chapar.message.ProblemCode.SIGNATURE_INVALID;
import static io.chapar.message.ProblemCode.SIGNER_MISMATCH;

/** Keys that the header of a JWS brings along, or says where they could be fetched. */
final class JwsKeys {

    private JwsKeys() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "keys offered by the message");
        if (original.form() == Form.JSON) {
            Author stranger = original.cast().stranger();
            byte[] payload = original.body();
            offered(original)
                    .forEach((name, members) -> cases.refused(
                            name + " of a stranger who signed",
                            payload,
                            JwsWriting.signed("{\"alg\":\"ES256\"," + members + "}", payload, stranger::sign),
                            SIGNATURE_INVALID));
            certificates(cases, original, payload);
        }
        return cases.all();
    }

    private static Map<String, String> offered(Original original) {
        Author stranger = original.cast().stranger();
        String bait = original.cast().bait().toString();
        String jwk = "\"jwk\":" + jwk((ECPublicKey) stranger.certificate().getPublicKey());
        String theirs = "\"x5c\":[\"" + stranger.base64() + "\"]";
        String mine = "\"x5c\":[\"" + original.cast().party().base64() + "\"]";
        Map<String, String> all = new LinkedHashMap<>();
        all.put("jwk", jwk);
        all.put("jwk beside the party's x5c", jwk + "," + mine);
        all.put("jwk with the party's certificate in it", jwk.replaceFirst("\\{", "{" + mine + ","));
        all.put("jku", "\"jku\":\"" + bait + "\"");
        all.put("jku and kid", "\"jku\":\"" + bait + "\",\"kid\":\"1\"");
        all.put("jku beside the party's x5c", "\"jku\":\"" + bait + "\"," + mine);
        all.put("x5u", "\"x5u\":\"" + bait + "\"");
        all.put("x5u of a file", "\"x5u\":\"file:///etc/ssl/certs/ca-certificates.crt\"");
        all.put("kid", "\"kid\":\"MH\"");
        all.put("x5t", "\"x5t\":\"AAAA\"");
        all.put("x5t#S256 of nobody", "\"x5t#S256\":\"AAAA\"");
        all.put("x5t#S256 that is empty", "\"x5t#S256\":\"\"");
        all.put("x5t#S256 that is a number", "\"x5t#S256\":1");
        all.put("x5c", theirs);
        all.put(
                "x5c with the party's behind it",
                theirs.replace("]", ",\"" + original.cast().party().base64() + "\"]"));
        all.put("x5c of the party", mine);
        all.put("x5c that is empty", "\"x5c\":[]");
        all.put("x5c that is a text", theirs.replace("[", "").replace("]", ""));
        all.put("x5c that holds a list", theirs.replace("[", "[[").replace("]", "]]"));
        all.put("x5c that holds no certificate", "\"x5c\":[\"AAAA\"]");
        all.put("x5c that is null", "\"x5c\":null");
        return all;
    }

    private static void certificates(Cases cases, Original original, byte[] payload) {
        Cast cast = original.cast();
        String party = cast.party().base64();
        cases.refused(
                "signed well by another party",
                payload,
                java.util.Optional.of(cast.other().signer().detachedJws(payload)),
                SIGNER_MISMATCH);
        Map<String, String> refused = Map.of(
                "x5c in base64url",
                "\"x5c\":[\"" + JwsWriting.encode(cast.party().encoded()) + "==\"]",
                "x5c in lines",
                "\"x5c\":[\"" + party.replaceFirst("(.{64})", "$1\\\\n") + "\"]",
                "x5c and another's thumbprint",
                "\"x5t#S256\":\"AAAA\",\"x5c\":[\"" + party + "\"]");
        refused.forEach((name, members) -> cases.refused(
                name,
                payload,
                JwsWriting.signed("{\"alg\":\"ES256\"," + members + "}", payload, cast.party()::sign),
                SIGNATURE_INVALID));
        Map<String, String> harmless = Map.of(
                "jku beside the x5c with which it verifies",
                "\"jku\":\"" + cast.bait() + "\",\"x5u\":\"" + cast.bait() + "\",\"x5c\":[\"" + party + "\"]",
                "a stranger's jwk beside the x5c with which it verifies",
                "\"jwk\":" + jwk((ECPublicKey) cast.stranger().certificate().getPublicKey()) + ",\"x5c\":[\"" + party
                        + "\"]",
                "a stranger's certificate behind the party's",
                "\"x5c\":[\"" + party + "\",\"" + cast.stranger().base64() + "\"]");
        harmless.forEach((name, members) -> cases.harmless(
                name, payload, JwsWriting.signed("{\"alg\":\"ES256\"," + members + "}", payload, cast.party()::sign)));
    }

    private static String jwk(ECPublicKey key) {
        byte[] spki = key.getEncoded();
        byte[] x = java.util.Arrays.copyOfRange(spki, spki.length - 64, spki.length - 32);
        byte[] y = java.util.Arrays.copyOfRange(spki, spki.length - 32, spki.length);
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + JwsWriting.encode(x) + "\",\"y\":\""
                + JwsWriting.encode(y) + "\"}";
    }
}
