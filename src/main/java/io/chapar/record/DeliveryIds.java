package io.chapar.record;

import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A set of delivery ids at 24 to 48 bytes each, so that a million that wait can be compared in a small heap. */
public final class DeliveryIds {

    private static final int FIRST_CAPACITY = 1024;

    /** Two longs a slot; the all-zero id marks a free one, and is no id that anybody makes. */
    private long[] slots = new long[2 * FIRST_CAPACITY];

    private int size;

    public void add(UUID id) {
        if (3 * (size + 1) > slots.length) {
            grow();
        }
        if (put(slots, id.getMostSignificantBits(), id.getLeastSignificantBits())) {
            size++;
        }
    }

    public boolean contains(UUID id) {
        return !isFree(find(slots, id.getMostSignificantBits(), id.getLeastSignificantBits()));
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public void remove(UUID id) {
        int slot = find(slots, id.getMostSignificantBits(), id.getLeastSignificantBits());
        if (isFree(slot)) {
            return;
        }
        free(slot);
        size--;
        // What was put behind it because its own place was taken would not be found behind a free one.
        for (int next = after(slot); !isFree(next); next = after(next)) {
            long most = slots[next];
            long least = slots[next + 1];
            free(next);
            put(slots, most, least);
        }
    }

    private boolean isFree(int slot) {
        return slots[slot] == 0 && slots[slot + 1] == 0;
    }

    private void free(int slot) {
        slots[slot] = 0;
        slots[slot + 1] = 0;
    }

    private int after(int slot) {
        return slot + 2 == slots.length ? 0 : slot + 2;
    }

    /** Each once, in no order. */
    Stream<UUID> stream() {
        return IntStream.iterate(0, slot -> slot < slots.length, slot -> slot + 2)
                .filter(slot -> !isFree(slot))
                .mapToObj(slot -> new UUID(slots[slot], slots[slot + 1]));
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (int slot = 0; slot < slots.length; slot += 2) {
            if (!isFree(slot)) {
                put(larger, slots[slot], slots[slot + 1]);
            }
        }
        Arrays.fill(slots, 0);
        slots = larger;
    }

    private static boolean put(long[] slots, long most, long least) {
        int slot = find(slots, most, least);
        boolean fresh = slots[slot] == 0 && slots[slot + 1] == 0;
        slots[slot] = most;
        slots[slot + 1] = least;
        return fresh;
    }

    /** Where the id is, or the free slot where it would be. */
    private static int find(long[] slots, long most, long least) {
        int places = slots.length / 2;
        int place = Math.floorMod((most ^ least) * 0x9E3779B97F4A7C15L >>> 32, places);
        while (true) {
            int slot = 2 * place;
            boolean free = slots[slot] == 0 && slots[slot + 1] == 0;
            if (free || (slots[slot] == most && slots[slot + 1] == least)) {
                return slot;
            }
            place = place + 1 == places ? 0 : place + 1;
        }
    }
}
