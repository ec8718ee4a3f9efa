package io.chapar.sandbox.faults;

import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Which fault comes when, whom it hits and how long it lasts: the same for the same seed. Each once before any comes again. */
final class Schedule {

    /**
     * One fault to come.
     *
     * @param calm before it comes
     * @param party whom it hits, where it hits one
     * @param hold how long it lasts; of the gateway, how long after a start it is killed once more
     * @param delay of a slow receiver
     * @param again whether a killed gateway is killed once more while it starts
     */
    record Next(Fault fault, Duration calm, Optional<PartyCode> party, Duration hold, Duration delay, boolean again) {}

    private static final int MOST_CALM_MILLIS = 2_500;
    private static final int SHORTEST_HOLD_MILLIS = 500;
    private static final int LONGEST_HOLD_MILLIS = 6_000;
    private static final int SHORTEST_DELAY_MILLIS = 300;
    private static final int LONGEST_DELAY_MILLIS = 7_000;

    private final Random random;
    private final List<Fault> faults;
    private final Map<PartyCode, Party.Channel> receivers;
    private final Deque<Fault> round = new ArrayDeque<>();
    private int rounds;

    /** @param receivers by how they receive */
    Schedule(long seed, Collection<Fault> faults, Map<PartyCode, Party.Channel> receivers) {
        this.random = new Random(seed);
        this.faults = faults.stream().sorted().toList();
        this.receivers = new TreeMap<>(receivers);
    }

    /** How many times each fault has come. */
    int rounds() {
        return round.isEmpty() ? rounds : rounds - 1;
    }

    Next next() {
        if (round.isEmpty()) {
            List<Fault> shuffled = new ArrayList<>(faults);
            Collections.shuffle(shuffled, random);
            round.addAll(shuffled);
            rounds++;
        }
        Fault fault = round.removeFirst();
        List<PartyCode> hit = receivers.entrySet().stream()
                .filter(receiver -> fault.place().hits(receiver.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return new Next(
                fault,
                Duration.ofMillis(random.nextInt(MOST_CALM_MILLIS)),
                hit.isEmpty() ? Optional.empty() : Optional.of(hit.get(random.nextInt(hit.size()))),
                Duration.ofMillis(random.nextInt(SHORTEST_HOLD_MILLIS, LONGEST_HOLD_MILLIS)),
                Duration.ofMillis(random.nextInt(SHORTEST_DELAY_MILLIS, LONGEST_DELAY_MILLIS)),
                random.nextInt(3) == 0);
    }
}
