package io.chapar.instances;

import io.chapar.instances.Content.Leaf;
import io.chapar.instances.Content.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An element of an instance, neither XML nor JSON; it may be changed into what its schema does not allow. */
public final class Item {

    private final Member declared;
    private final List<Item> below = new ArrayList<>();

    @Nullable
    String text;

    /** Whether it is JSON's null, which XML has as xsi:nil. */
    boolean nil;

    Item(Member declared, @Nullable String text) {
        this.declared = declared;
        this.text = text;
    }

    Member declared() {
        return declared;
    }

    String name() {
        return declared.name();
    }

    List<Item> below() {
        return below;
    }

    Item copy() {
        Item copy = new Item(declared, text);
        below.forEach(item -> copy.below.add(item.copy()));
        return copy;
    }

    /** This one and all below it. */
    Stream<Item> all() {
        return Stream.concat(Stream.of(this), below.stream().flatMap(Item::all));
    }

    /** Those below this one that have the name. */
    List<Item> named(String name) {
        return below.stream().filter(item -> item.name().equals(name)).toList();
    }

    /** Takes out what lies at a pointer such as {@code /child/sex}. */
    public void remove(String pointer) {
        int slash = pointer.indexOf('/', 1);
        if (slash < 0) {
            below.removeIf(item -> pointer.equals("/" + item.name()));
        } else {
            named(pointer.substring(1, slash)).forEach(item -> item.remove(pointer.substring(slash)));
        }
    }

    /** Tells every value with its pointer, without indices, in the document's order. */
    public void leaves(BiConsumer<String, String> told) {
        below.forEach(item -> item.leaves("/" + item.name(), told));
    }

    private void leaves(String pointer, BiConsumer<String, String> told) {
        if (text != null && declared.content() instanceof Leaf leaf) {
            told.accept(pointer, leaf.kind().collapses() ? text.strip() : text);
        }
        below.forEach(item -> item.leaves(pointer + "/" + item.name(), told));
    }
}
