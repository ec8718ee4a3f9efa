package io.chapar.scenario;

import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Words that tell who somebody is, looked for in text and in files, in every form in which they would be readable. */
final class Telling {

    private static final Set<String> NAMES = Set.of(
            "familyName",
            "givenName",
            "patronymicName",
            "number",
            "name",
            "birthDate",
            "taxpayerNumber",
            "identificationNumber");

    /** On the day on which a child of the samples was born ends many a term, and terms stand in receipts. */
    private static final String NEWBORN = "2026-";

    /** Shorter ones are found by chance in as many encrypted bytes as a run leaves. */
    private static final int LEAST_BYTES = 6;

    private final Set<String> words;
    /** By their first four bytes. */
    private final Map<Integer, List<Form>> forms = new HashMap<>();
    /** Their first two bytes: with most of what is looked through no form begins, and a run leaves many megabytes. */
    private final BitSet beginnings = new BitSet(1 << 16);

    private record Form(String word, byte[] bytes) {}

    Telling(Collection<String> words) {
        this.words = words.stream()
                .filter(word -> word.getBytes(StandardCharsets.UTF_8).length >= LEAST_BYTES)
                .collect(java.util.stream.Collectors.toCollection(LinkedHashSet::new));
        this.words.forEach(word -> forms(word)
                .forEach(form -> forms.computeIfAbsent(start(form, 0), none -> new ArrayList<>())
                        .add(new Form(word, form))));
        forms.keySet().forEach(start -> beginnings.set(start >>> 16));
    }

    /** Of the people in all samples of these exchanges. */
    static Telling ofSamples(Collection<String> exchanges) {
        Set<String> words = new LinkedHashSet<>();
        for (String exchange : exchanges) {
            for (String sample : List.of("minimal", "full", "azerbaijani")) {
                Path file = Path.of("schemas", exchange, "1.0", "samples", sample + ".json");
                try {
                    collect(HardenedJson.parse(Files.readAllBytes(file)), words);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (Malformed e) {
                    throw new IllegalArgumentException(file + " is no document", e);
                }
            }
        }
        return new Telling(words);
    }

    private static void collect(Object value, Set<String> words) {
        if (value instanceof Map<?, ?> document) {
            document.forEach((name, below) -> {
                if (below instanceof String text && NAMES.contains(name) && !text.startsWith(NEWBORN)) {
                    words.add(text);
                } else {
                    collect(below, words);
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(each -> collect(each, words));
        }
    }

    Set<String> words() {
        return words;
    }

    Set<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    Set<String> in(byte[] bytes) {
        Set<String> found = new TreeSet<>();
        for (int i = 0; i + LEAST_BYTES <= bytes.length; i++) {
            if (!beginnings.get((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff)) {
                continue;
            }
            for (Form form : forms.getOrDefault(start(bytes, i), List.of())) {
                int end = i + form.bytes().length;
                if (end <= bytes.length && Arrays.equals(bytes, i, end, form.bytes(), 0, form.bytes().length)) {
                    found.add(form.word());
                }
            }
        }
        return found;
    }

    /** What is found, by the file's name under this folder; also in names of files. Those that go meanwhile tell nothing. */
    Map<String, Set<String>> under(Path folder) throws IOException {
        Map<String, Set<String>> found = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                Set<String> here = in(name);
                here.addAll(in(Files.readAllBytes(file)));
                if (!here.isEmpty()) {
                    found.put(name, here);
                }
            }
        }
        return found;
    }

    private static int start(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }

    private static List<byte[]> forms(String word) {
        byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
        List<byte[]> forms = new ArrayList<>(List.of(
                utf8,
                word.getBytes(StandardCharsets.UTF_16BE),
                word.getBytes(StandardCharsets.UTF_16LE),
                escaped(word).getBytes(StandardCharsets.US_ASCII)));
        for (int before = 0; before < 3; before++) {
            forms.add(base64(Base64.getEncoder(), utf8, before));
            forms.add(base64(Base64.getUrlEncoder(), utf8, before));
        }
        return forms;
    }

    /** As JSON may write letters beyond ASCII. */
    private static String escaped(String word) {
        StringBuilder escaped = new StringBuilder();
        word.chars()
                .forEach(letter -> escaped.append(
                        letter < 128
                                ? String.valueOf((char) letter)
                                : String.format(java.util.Locale.ROOT, "\\u%04x", letter)));
        return escaped.toString();
    }

    /** Without the characters into which what stands before or behind it enters. */
    private static byte[] base64(Base64.Encoder encoder, byte[] word, int before) {
        byte[] shifted = new byte[before + word.length];
        System.arraycopy(word, 0, shifted, before, word.length);
        byte[] encoded = encoder.withoutPadding().encode(shifted);
        int from = before == 0 ? 0 : before + 1;
        int to = shifted.length * 8 / 6;
        return Arrays.copyOfRange(encoded, from, to);
    }
}
