package io.chapar.sandbox.faults;

import io.chapar.message.PartyCode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Which faults last at the moment, and how often each came. */
final class Troubles {

    /**
     * One that lasts.
     *
     * @param until by {@link System#nanoTime}
     */
    record Trouble(Fault fault, Optional<PartyCode> party, long until) {

        @Override
        public String toString() {
            return fault.word() + party.map(code -> " " + code).orElse("");
        }
    }

    private final List<Trouble> lasting = new CopyOnWriteArrayList<>();
    private final Map<Fault, Integer> times = new EnumMap<>(Fault.class);
    private final Set<Fault> justOver = EnumSet.noneOf(Fault.class);

    synchronized void begins(Fault fault, Optional<PartyCode> party, Duration hold) {
        times.merge(fault, 1, Integer::sum);
        lasting.removeIf(trouble -> sameVictim(trouble, fault, party));
        lasting.add(new Trouble(fault, party, System.nanoTime() + hold.toNanos()));
    }

    /** A receiver has one trouble at a time, and so have all senders. */
    private static boolean sameVictim(Trouble trouble, Fault fault, Optional<PartyCode> party) {
        return trouble.party().isPresent() ? trouble.party().equals(party) : trouble.fault() == fault;
    }

    void ends(Trouble trouble) {
        lasting.remove(trouble);
    }

    /** The gateway's are over when it works again; while it did not, no other was felt, so each lasts that much longer. */
    synchronized void gatewayWorks(Duration away) {
        for (Trouble trouble : lasting) {
            if (trouble.fault().place() == Fault.Place.GATEWAY) {
                justOver.add(trouble.fault());
            }
        }
        lasting.removeIf(trouble -> justOver.contains(trouble.fault()));
        lasting.replaceAll(trouble -> new Trouble(trouble.fault(), trouble.party(), trouble.until() + away.toNanos()));
    }

    /** Those of the gateway are over when it works again, however long it takes to start. */
    List<Trouble> over() {
        long now = System.nanoTime();
        return lasting.stream()
                .filter(trouble -> trouble.fault().place() != Fault.Place.GATEWAY)
                .filter(trouble -> trouble.until() - now <= 0)
                .toList();
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

    synchronized int times() {
        return times.values().stream().mapToInt(Integer::intValue).sum();
    }
}
