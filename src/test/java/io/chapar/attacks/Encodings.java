package io.chapar.attacks;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.chapar.message.ProblemCode.MALFORMED;
import static io.chapar.message.ProblemCode.MEDIA_TYPE;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

/** The same characters in other bytes, bytes that are no characters, and labels that lie. */
final class Encodings {

    /** Of those that the platform always has. */
    private static final List<String> OTHERS = List.of(
            "ISO-8859-1",
            "ISO-8859-5",
            "ISO-8859-9",
            "windows-1251",
            "windows-1252",
            "windows-1254",
            "KOI8-R",
            "UTF-32",
            "UTF-32LE",
            "UTF-32BE",
            "IBM037",
            "IBM1047",
            "GB18030",
            "Shift_JIS",
            "EUC-JP",
            "Big5",
            "UTF-16LE",
            "UTF-16BE");

    private Encodings() {}

    static List<Attack> of(Original original) {
        Cases cases = new Cases(original, "encodings");
        // a letter that these encodings write in different bytes
        String text = original.text();
        String lettered =
                original.form() == Form.JSON ? text.replaceFirst("\\{", "{\"\u00FC\":1,") : "<!-- \u00FC -->" + text;
        for (String name : OTHERS) {
            Charset charset = Charset.forName(name);
            byte[] bytes = lettered.replace('\u00FC', letter(charset)).getBytes(charset);
            cases.refused("in " + name, bytes, signature(original, bytes), MALFORMED);
        }
        bytes(lettered).forEach((name, bytes) -> cases.refused(name, bytes, signature(original, bytes), MALFORMED));
        if (original.form().isXml()) {
            declared(cases, original);
        } else {
            for (Charset charset : List.of(UTF_16, UTF_16LE, UTF_16BE)) {
                byte[] bytes = text.getBytes(charset);
                cases.refused("ASCII in " + charset, bytes, signature(original, bytes), MALFORMED);
            }
        }
        for (String charset : List.of("iso-8859-9", "utf-7", "windows-1254", "utf-16", "\"UTF-32\"", "")) {
            cases.labelled("labelled as '" + charset + "'", "; charset=" + charset, MEDIA_TYPE);
        }
        cases.labelled("labelled twice", "; charset=utf-8; charset=utf-16", MEDIA_TYPE);
        return cases.all();
    }

    /** One that this encoding has, and does not write as UTF-8 does. */
    private static char letter(Charset charset) {
        return "\u00FC\u0436\u65E5"
                .chars()
                .mapToObj(letter -> (char) letter)
                .filter(letter -> charset.newEncoder().canEncode(letter))
                .findFirst()
                .orElseThrow();
    }

    /** Signed by the party as the bytes that they are, where a signature is over bytes. */
    private static Optional<String> signature(Original original, byte[] bytes) {
        return original.jws().map(jws -> original.cast().party().signer().detachedJws(bytes));
    }

    private static Map<String, byte[]> bytes(String text) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("an overlong letter in two bytes", with(text, 0xC1, 0xA1));
        all.put("an overlong slash in two bytes", with(text, 0xC0, 0xAF));
        all.put("an overlong letter in three bytes", with(text, 0xE0, 0x81, 0xA1));
        all.put("an overlong letter in four bytes", with(text, 0xF0, 0x80, 0x81, 0xA1));
        all.put("NUL in two bytes", with(text, 0xC0, 0x80));
        all.put("half a surrogate pair", with(text, 0xED, 0xA0, 0x80));
        all.put("a surrogate pair in six bytes", with(text, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80));
        all.put("beyond Unicode", with(text, 0xF4, 0x90, 0x80, 0x80));
        all.put("five bytes", with(text, 0xF8, 0x88, 0x80, 0x80, 0x80));
        all.put("a continuation alone", with(text, 0x80));
        all.put("a sequence that is cut off", with(text, 0xC3));
        all.put("bytes that never stand", with(text, 0xFE, 0xFF));
        all.put("a mark twice", ("\uFEFF\uFEFF" + text).getBytes(UTF_8));
        all.put("UTF-7", ("+AHs-" + text).getBytes(UTF_8));
        all.put("an odd byte of UTF-16", odd(text));
        all.put("a mark of UTF-16 before UTF-8", concat(new byte[] {(byte) 0xFE, (byte) 0xFF}, text.getBytes(UTF_8)));
        all.put(
                "a mark of UTF-16 the other way round",
                concat(new byte[] {(byte) 0xFF, (byte) 0xFE}, text.getBytes(UTF_16BE)));
        return all;
    }

    /** In the place of the letter. */
    private static byte[] with(String text, int... units) {
        int at = text.indexOf('\u00FC');
        byte[] before = text.substring(0, at).getBytes(UTF_8);
        byte[] after = text.substring(at + 1).getBytes(UTF_8);
        ByteBuffer all =
                ByteBuffer.allocate(before.length + units.length + after.length).put(before);
        for (int unit : units) {
            all.put((byte) unit);
        }
        return all.put(after).array();
    }

    private static byte[] odd(String text) {
        byte[] bytes = text.getBytes(UTF_16);
        return Arrays.copyOf(bytes, bytes.length - 1);
    }

    private static byte[] concat(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }

    private static void declared(Cases cases, Original original) {
        for (String name : List.of(
                "ISO-8859-1",
                "ISO-8859-9",
                "windows-1254",
                "US-ASCII",
                "UTF-7",
                "UTF-16",
                "UTF-32",
                "IBM1047",
                "CESU-8",
                "x",
                "utf8",
                "",
                "UTF-8 ")) {
            String declaration = "<?xml version=\"1.0\" encoding=\"" + name + "\"?>";
            cases.changed("declared as '" + name + "'", MALFORMED, text -> declaration + text);
            if (Charset.availableCharsets().containsKey(name) && !name.startsWith("UTF")) {
                byte[] bytes = (declaration + "<!-- \u00FC -->" + original.text()).getBytes(Charset.forName(name));
                if (!name.equals("US-ASCII")) {
                    cases.refused("in " + name + ", as it declares", bytes, Optional.empty(), MALFORMED);
                }
            }
        }
        byte[] lying = ("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + original.text()).getBytes(UTF_16BE);
        cases.refused("UTF-16 that declares itself UTF-8", lying, Optional.empty(), MALFORMED);
        cases.harmless("UTF-16 with a mark", original.text().getBytes(UTF_16), Optional.empty());
        cases.harmless(
                "UTF-16, little end first, with a mark",
                ("\uFEFF" + original.text()).getBytes(UTF_16LE),
                Optional.empty());
        cases.harmlesslyChanged("UTF-8 with a mark", text -> "\uFEFF" + text);
        cases.harmlesslyChanged("declared as what it is", text -> "<?xml version='1.0' encoding='utf-8'?>" + text);
    }
}
