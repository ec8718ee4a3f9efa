package io.chapar.attacks;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All classes of attacks. */
public final class Attacks {

    private static final List<Function<Original, List<Attack>>> CLASSES = List.of(
            Wrapping::of,
            EnvelopeWrapping::of,
            Duplicates::of,
            Coverage::of,
            Texts::of,
            Transforms::of,
            Algorithms::of,
            SignatureValues::of,
            OfferedKeys::of,
            JwsHeaderConfusions::of,
            JwsKeys::of,
            JwsShapes::of,
            JsonDocuments::of,
            XmlDocuments::of,
            XmlSizes::of,
            Encodings::of);

    private Attacks() {}

    /** Those that can be made of this message, class by class. */
    public static Stream<List<Attack>> of(Original original) {
        return of(original, 1, 0);
    }

    /**
     * One of several parts, made of some of the classes.
     *
     * @param part counted from 0
     */
    public static Stream<List<Attack>> of(Original original, int parts, int part) {
        return IntStream.range(0, CLASSES.size())
                .filter(place -> place % parts == part)
                .mapToObj(place -> CLASSES.get(place).apply(original))
                .filter(cases -> !cases.isEmpty());
    }
}
