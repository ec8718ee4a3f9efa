package io.chapar.scenario;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What somebody between sender and gateway might do to a signed document. */
final class Tampering {

    private static final Pattern JSON_TEXT = Pattern.compile(":\"([^\"]+)\"");
    private static final Pattern XML_TEXT = Pattern.compile(">([^<\\s][^<]*)<");
    private static final Pattern XML_VALUE = Pattern.compile("<ds:SignatureValue>([^<]+)<");

    private Tampering() {}

    /** One character of the first text after the header is another one. */
    static byte[] payload(byte[] signed, boolean json) {
        String text = new String(signed, UTF_8);
        int header = json ? text.indexOf("\"header\"") : text.indexOf("</header>");
        Matcher found = (json ? JSON_TEXT : XML_TEXT).matcher(text);
        if (header < 0 || !found.find(json ? text.indexOf('}', header) : header)) {
            throw new IllegalArgumentException("there is no text after a header");
        }
        int at = found.start(1);
        char other = text.charAt(at) == 'X' ? 'Y' : 'X';
        return (text.substring(0, at) + other + text.substring(at + 1)).getBytes(UTF_8);
    }

    /** One bit of the signature's value is wrong. */
    static String detached(String jws) {
        int at = jws.lastIndexOf('.') + 1;
        byte[] value = Base64.getUrlDecoder().decode(jws.substring(at));
        value[0] ^= 1;
        return jws.substring(0, at) + Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    /** As above, where the signature stands in XML. */
    static byte[] inside(byte[] signed) {
        String text = new String(signed, UTF_8);
        Matcher found = XML_VALUE.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("there is no signature");
        }
        byte[] value = Base64.getDecoder().decode(found.group(1));
        value[0] ^= 1;
        return (text.substring(0, found.start(1))
                        + Base64.getEncoder().encodeToString(value)
                        + text.substring(found.end(1)))
                .getBytes(UTF_8);
    }
}
