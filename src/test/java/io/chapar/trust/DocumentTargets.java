package io.chapar.trust;

import io.chapar.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.w3c.dom.Document;

import static io.chapar.fuzz.Target.promise;

/** Unsigned documents. */
public final class DocumentTargets {

    private DocumentTargets() {}

    /** What was read is written and read again as the same. */
    public static void xml(byte[] input) {
        Document document;
        try {
            document = HardenedXml.parse(input);
        } catch (Malformed e) {
            return; // refused, as promised
        }
        byte[] written = HardenedXml.serialise(document);
        try {
            Document again = HardenedXml.parse(written);
            promise(Arrays.equals(written, HardenedXml.serialise(again)), "XML is read as it was written");
            promise(
                    Arrays.equals(HardenedXml.canonical(document), HardenedXml.canonical(again)),
                    "XML that is read again has the same canonical form");
        } catch (Malformed e) {
            throw new AssertionError("what was read and written is not read again", e);
        }
    }

    /** The same for JSON. */
    public static void json(byte[] input) {
        Map<String, Object> object;
        try {
            object = HardenedJson.parse(input);
        } catch (Malformed e) {
            return; // refused, as promised
        }
        try {
            promise(object.equals(HardenedJson.parse(HardenedJson.write(object))), "JSON is read as it was written");
        } catch (Malformed e) {
            throw new AssertionError("what was read and written is not read again", e);
        }
    }

    /** Encrypted to a key of this run; an asterisk stands for that part of an honest JWE. */
    public static Target jwe() {
        TestPki.Identity identity = new TestPki("fuzz").encryption("CHAPAR");
        DecryptionKey key = new DecryptionKey(identity.keys().getPrivate(), identity.certificate());
        byte[] content = {'{', '}'};
        String[] honest = new String(
                        JsonEncryption.encrypt(content, "application/json", identity.certificate()),
                        StandardCharsets.US_ASCII)
                .split("\\.", -1);
        return input -> {
            String[] parts = new String(input, StandardCharsets.ISO_8859_1).split("\\.", -1);
            for (int i = 0; i < parts.length && i < honest.length; i++) {
                parts[i] = parts[i].equals("*") ? honest[i] : parts[i];
            }
            try {
                byte[] jwe = String.join(".", parts).getBytes(StandardCharsets.ISO_8859_1);
                promise(Arrays.equals(content, key.open(jwe).content()), "only what was encrypted is decrypted");
            } catch (Malformed e) {
                return; // refused, as promised
            }
        };
    }
}
