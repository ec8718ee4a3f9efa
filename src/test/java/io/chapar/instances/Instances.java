package io.chapar.instances;

import io.chapar.instances.Content.Group;
import io.chapar.instances.Content.Kind;
import io.chapar.instances.Content.Leaf;
import io.chapar.instances.Content.Member;
import io.chapar.instances.Content.Particle;
import io.chapar.instances.Content.Parts;
import io.chapar.instances.PatternTexts.Length;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Makes valid instances of what an XSD describes. */
public final class Instances {

    /** How much of what may be there is there. */
    public enum Extent {
        /** Nothing that may be absent; texts as short as they may be. */
        LEAST,
        /** As a throw of the dice decides; lists are short. */
        ANY,
        /** Everything, lists and texts as long as they may be. */
        MOST
    }

    private static final Map<String, PatternTexts> PATTERNS = new ConcurrentHashMap<>();
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private final Random random;
    private final Extent extent;

    public Instances(Random random, Extent extent) {
        this.random = random;
        this.extent = extent;
    }

    /** Nothing, everything, then whatever the dice say; the same for the same seed. */
    public static Item instance(Member root, long seed, int number) {
        Extent extent = number == 0 ? Extent.LEAST : number == 1 ? Extent.MOST : Extent.ANY;
        return new Instances(Seed.random(seed, root.name(), number), extent).item(root);
    }

    Item item(Member declared) {
        if (declared.content() instanceof Leaf leaf) {
            return new Item(declared, text(leaf));
        }
        Item item = new Item(declared, null);
        fill(item, ((Parts) declared.content()).group());
        return item;
    }

    private void fill(Item item, Particle particle) {
        if (particle instanceof Member member) {
            int most = extent == Extent.MOST ? member.most() : Math.min(member.most(), member.least() + 3);
            int times = some(member.least(), most);
            for (int i = 0; i < times; i++) {
                item.below().add(item(member));
            }
            return;
        }
        Group group = (Group) particle;
        List<Particle> inside = group.particles();
        if (group.optional() && some(0, 1) == 0) {
            return;
        }
        if (group.choice()) {
            fill(item, inside.get(random.nextInt(inside.size())));
        } else {
            inside.forEach(each -> fill(item, each));
        }
    }

    private int some(int least, int most) {
        return switch (extent) {
            case LEAST -> least;
            case MOST -> most;
            case ANY -> least + random.nextInt(most - least + 1);
        };
    }

    String text(Leaf leaf) {
        if (!leaf.values().isEmpty()) {
            return leaf.values().get(random.nextInt(leaf.values().size()));
        }
        if (leaf.kind() == Kind.BOOLEAN && leaf.patterns().isEmpty()) {
            return List.of("true", "false", "1", "0").get(random.nextInt(4));
        }
        return leaf.kind() == Kind.INTEGER ? number(leaf) : text(leaf, length());
    }

    /** A text of the leaf's patterns, as long as asked. */
    String text(Leaf leaf, Length length) {
        PatternTexts texts = PATTERNS.computeIfAbsent(leaf.patterns().get(0), PatternTexts::new);
        while (true) {
            String text = texts.text(random, length, leaf.longest());
            if (matches(leaf, text)) {
                return text;
            }
        }
    }

    private static boolean matches(Leaf leaf, String text) {
        return leaf.patterns().stream()
                .allMatch(pattern -> COMPILED.computeIfAbsent(pattern, Pattern::compile)
                        .matcher(text)
                        .matches());
    }

    private Length length() {
        return switch (extent) {
            case LEAST -> Length.LEAST;
            case MOST -> Length.MOST;
            case ANY -> Length.values()[random.nextInt(3)];
        };
    }

    private String number(Leaf leaf) {
        List<Long> candidates = new ArrayList<>(List.of((long) leaf.least(), (long) leaf.most()));
        long span = (long) leaf.most() - leaf.least() + 1;
        candidates.add(leaf.least() + (long) (random.nextDouble() * span));
        candidates.add(leaf.least() + Math.min(span - 1, random.nextInt(20)));
        while (true) {
            String text = Long.toString(candidates.get(random.nextInt(candidates.size())));
            if (matches(leaf, text)) {
                return text;
            }
            candidates.add(leaf.least() + (long) (random.nextDouble() * span));
        }
    }
}
