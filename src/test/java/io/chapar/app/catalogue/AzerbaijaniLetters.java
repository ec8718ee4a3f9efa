package io.chapar.app.catalogue;

import io.chapar.instances.Content;
import io.chapar.instances.Content.Leaf;
import io.chapar.instances.Content.Member;
import io.chapar.instances.Content.Parts;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The letters of the state language that careless software loses, of which a sample holds every one. */
final class AzerbaijaniLetters {

    private static final String LETTERS = "əğıİöşüç";

    private AzerbaijaniLetters() {}

    /** Whether a document has a field that takes them; one of codes, numbers and dates alone has none. */
    static boolean fitIn(Member member) {
        Content content = member.content();
        return content instanceof Leaf leaf
                ? letters().allMatch(letter -> takes(leaf, letter))
                : ((Parts) content).group().members().stream().anyMatch(AzerbaijaniLetters::fitIn);
    }

    private static boolean takes(Leaf leaf, String letter) {
        return leaf.kind() == Content.Kind.TEXT
                && leaf.values().isEmpty()
                && leaf.patterns().stream().allMatch(letter::matches);
    }

    /** Those that stand in no value of the sample; empty when it has all. */
    static String missing(Path sample) throws IOException, Malformed {
        byte[] bytes = Files.readAllBytes(sample);
        String values = sample.toString().endsWith(".json")
                ? HardenedJson.parse(bytes).values().toString()
                : HardenedXml.parse(bytes).getDocumentElement().getTextContent();
        return letters().filter(letter -> !values.contains(letter)).collect(Collectors.joining(" "));
    }

    private static Stream<String> letters() {
        return LETTERS.chars().mapToObj(Character::toString);
    }
}
