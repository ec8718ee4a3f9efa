package io.chapar.sandbox.faults;

import io.chapar.message.PartyCode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Which faults last at the moment, and how often each came. */
final class Troubles {

    /**
     * One that lasts.
     *
     * @param until by {@link System#nanoTime}
     * @param before how often what shows it had happened when it began
     */
    record Trouble(Fault fault, Optional<PartyCode> party, long until, long before) {

        @Override
        public String toString() {
            return fault.word() + party.map(code -> " " + code).orElse("");
        }
    }

    /** A receiver to which nothing comes cannot misbehave: a trouble lasts until it is felt, but so long beyond its time at most. */
    private static final Duration LONGEST_UNFELT = Duration.ofSeconds(40);

    private static final Set<Fault> ROAD = EnumSet.of(Fault.RECEIVERS_CUT, Fault.RECEIVERS_SLOW);

    /** What shows that a trouble is felt, counted over the whole run. */
    @FunctionalInterface
    interface Effects {

        /** Empty where it is not measured. */
        OptionalLong of(Fault fault, Optional<PartyCode> party);
    }

    private final Effects effects;
    private final List<Trouble> lasting = new CopyOnWriteArrayList<>();
    private final Map<Fault, Integer> times = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> timesFelt = new EnumMap<>(Fault.class);
    private final Set<Fault> justOver = EnumSet.noneOf(Fault.class);

    Troubles(Effects effects) {
        this.effects = effects;
    }

    synchronized void begins(Fault fault, Optional<PartyCode> party, Duration hold) {
        times.merge(fault, 1, Integer::sum);
        lasting.stream()
                .filter(trouble -> sameVictim(trouble, fault, party))
                .toList()
                .forEach(this::ends);
        long before = effects.of(fault, party).orElse(0L);
        lasting.add(new Trouble(fault, party, System.nanoTime() + hold.toNanos(), before));
    }

    /** A receiver has one trouble at a time, and so have all senders, and the road to all receivers. */
    private static boolean sameVictim(Trouble trouble, Fault fault, Optional<PartyCode> party) {
        return trouble.party().isPresent()
                ? trouble.party().equals(party)
                : trouble.fault() == fault || ROAD.contains(fault) && ROAD.contains(trouble.fault());
    }

    synchronized void ends(Trouble trouble) {
        lasting.remove(trouble);
        if (isFelt(trouble)) {
            timesFelt.merge(trouble.fault(), 1, Integer::sum);
        }
    }

    private boolean isFelt(Trouble trouble) {
        return effects.of(trouble.fault(), trouble.party()).orElse(Long.MAX_VALUE) > trouble.before();
    }

    /** The gateway's are over when it works again; while it did not, no other was felt, so each lasts that much longer. */
    synchronized void gatewayWorks(Duration away) {
        for (Trouble trouble : lasting) {
            if (trouble.fault().place() == Fault.Place.GATEWAY) {
                justOver.add(trouble.fault());
            }
        }
        lasting.removeIf(trouble -> justOver.contains(trouble.fault()));
        lasting.replaceAll(trouble ->
                new Trouble(trouble.fault(), trouble.party(), trouble.until() + away.toNanos(), trouble.before()));
    }

    /**
     * Those of the gateway are over when it works again, however long it takes to start; a broker is started again, which takes
     * room, when a full disk was felt.
     */
    List<Trouble> over() {
        long now = System.nanoTime();
        boolean full = isUnfelt(Fault.DISK_FULL);
        return lasting.stream()
                .filter(trouble -> !full || trouble.fault().place() != Fault.Place.BROKER)
                .filter(trouble -> trouble.fault().place() != Fault.Place.GATEWAY)
                .filter(trouble -> trouble.until() - now <= 0)
                .filter(trouble -> isFelt(trouble) || trouble.until() + LONGEST_UNFELT.toNanos() - now <= 0)
                .toList();
    }

    /** Whether nothing but a full disk can keep anything from being durable just now. */
    boolean onlyTheDisk() {
        return lasting.stream().anyMatch(trouble -> trouble.fault() == Fault.DISK_FULL)
                && lasting.stream().noneMatch(trouble -> trouble.fault().place() == Fault.Place.GATEWAY);
    }

    List<Trouble> lasting() {
        return List.copyOf(lasting);
    }

    /**
     * Those to which the pause before a receipt is put down, asked at each: that the gateway was away alone, if it was, and
     * was until a moment ago.
     */
    synchronized Set<Fault> felt() {
        Set<Fault> all = EnumSet.copyOf(justOver);
        justOver.clear();
        lasting.forEach(trouble -> all.add(trouble.fault()));
        Set<Fault> ofGateway = all.stream()
                .filter(fault -> fault.place() == Fault.Place.GATEWAY)
                .collect(Collectors.toSet());
        return ofGateway.isEmpty() ? all : ofGateway;
    }

    synchronized int times(Fault fault) {
        return times.getOrDefault(fault, 0);
    }

    /** Whether such a one lasts that was not felt yet. */
    boolean isUnfelt(Fault fault) {
        return lasting.stream().anyMatch(trouble -> trouble.fault() == fault && !isFelt(trouble));
    }

    /** In how many of these times it was felt; empty where that is not measured. */
    synchronized OptionalInt timesFelt(Fault fault) {
        boolean shown = fault.mood().isPresent() || fault == Fault.DISK_FULL;
        return shown ? OptionalInt.of(timesFelt.getOrDefault(fault, 0)) : OptionalInt.empty();
    }

    synchronized int times() {
        return times.values().stream().mapToInt(Integer::intValue).sum();
    }
}
