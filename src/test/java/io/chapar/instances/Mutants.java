package io.chapar.instances;

import io.chapar.instances.Content.Kind;
import io.chapar.instances.Content.Leaf;
import io.chapar.instances.Content.Member;
import io.chapar.instances.Content.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Instances with one thing changed, the same thing in XML and in JSON.
 *
 * <p>Some changes only one form can express. XML alone: the order of elements, attributes, text between elements,
 * namespaces, and white space around dates, numbers and truths, which is no part of their value. JSON alone: a number or a
 * truth as a string, another way to write a number, a list for what is single, a list that is empty.
 */
public final class Mutants {

    private static final Leaf ANYTHING =
            new Leaf(Kind.TEXT, List.of(), List.of(), 200, Integer.MIN_VALUE, Integer.MAX_VALUE);

    /** One change; {@code what} says which. */
    public record Mutant(String what, Item root) {}

    /** Changes a copy at a place and says how; an empty text says that it cannot be done there. */
    private interface Change {
        String at(Item place);
    }

    private final Random random;
    private final Instances instances;
    private final Spoiling spoiling;

    public Mutants(long seed, String name, int number) {
        this.random = Seed.random(seed + 1, name, number);
        this.instances = new Instances(random, Instances.Extent.ANY);
        this.spoiling = new Spoiling(random);
    }

    /** Changes at every place: each value is spoilt so often, and each record in each way. */
    public List<Mutant> of(Item root, int spoilings) {
        List<Mutant> all = new ArrayList<>();
        int places = (int) root.all().count();
        List<Change> ofRecords = List.of(
                this::removed, this::addedStranger, this::doubled, this::addedAllowed, this::exceeded, this::emptied);
        List<Change> ofBoth = List.of(this::otherKind, this::nothing);
        for (int place = 0; place < places; place++) {
            for (int i = 0; i < spoilings; i++) {
                changed(root, place, this::spoilt, all);
            }
            for (Change change : ofRecords) {
                changed(root, place, change, all);
            }
            changed(root, place, ofBoth.get(random.nextInt(2)), all);
        }
        return all;
    }

    private static void changed(Item root, int place, Change change, List<Mutant> all) {
        Item copy = root.copy();
        Item target = copy.all().skip(place).findFirst().orElseThrow();
        String what = change.at(target);
        if (!what.isEmpty()) {
            all.add(new Mutant(what + " in " + target.name(), copy));
        }
    }

    private String spoilt(Item place) {
        if (place.text != null && place.declared().content() instanceof Leaf leaf) {
            place.text = spoiling.spoilt(leaf, place.text);
            return "another text";
        }
        return "";
    }

    private String removed(Item place) {
        if (place.below().isEmpty()) {
            return "";
        }
        Item gone = place.below().remove(random.nextInt(place.below().size()));
        return "removed " + gone.name();
    }

    private String addedStranger(Item place) {
        if (place.text != null) {
            return "";
        }
        place.below().add(stranger());
        return "added what is unknown";
    }

    private static Item stranger() {
        return new Item(new Member("stranger", 0, 1, ANYTHING), "x");
    }

    private String doubled(Item place) {
        if (place.below().isEmpty()) {
            return "";
        }
        int at = random.nextInt(place.below().size());
        Item twice = place.below().get(at).copy();
        place.below().add(at, twice);
        return "doubled " + twice.name();
    }

    /** Something that the record may have, where it stands: an absent one, or the other one of a choice. */
    private String addedAllowed(Item place) {
        if (!(place.declared().content() instanceof Parts parts)) {
            return "";
        }
        List<Member> absent = parts.members().stream()
                .filter(member -> place.named(member.name()).isEmpty())
                .toList();
        if (absent.isEmpty()) {
            return "";
        }
        Member member = absent.get(random.nextInt(absent.size()));
        int index = parts.members().indexOf(member);
        int at = (int) place.below().stream()
                .filter(item -> parts.members().indexOf(item.declared()) < index)
                .count();
        place.below().add(at, instances.item(member));
        return "added " + member.name();
    }

    /** One more than a list may have. */
    private String exceeded(Item place) {
        List<Item> lists = place.below().stream()
                .filter(item -> item.declared().repeated())
                .toList();
        if (lists.isEmpty()) {
            return "";
        }
        Item one = lists.get(random.nextInt(lists.size()));
        int more = one.declared().most() + 1 - place.named(one.name()).size();
        for (int i = 0; i < more; i++) {
            place.below().add(place.below().indexOf(one), one.copy());
        }
        return "too many of " + one.name();
    }

    private String emptied(Item place) {
        if (place.below().isEmpty()) {
            return "";
        }
        place.below().clear();
        return "nothing left";
    }

    /** A record where a value stood, or a value where a record stood. */
    private String otherKind(Item place) {
        if (place.text == null) {
            place.below().clear();
            place.text = "x";
            return "a text for a record";
        }
        place.text = null;
        place.below().add(stranger());
        return "a record for a text";
    }

    private String nothing(Item place) {
        place.below().clear();
        place.text = place.text == null ? null : "";
        place.nil = true;
        return "null";
    }
}
