package io.chapar.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes guessing passwords slow. After some failures in a row for a name from an address, whoever uses that name from
 * there waits, whether the password is right or not, and twice as long after each further failure. So does an address
 * that tries many names. From elsewhere nobody waits for it: a stranger who fails on purpose keeps nobody out. Names that
 * nobody has are counted too, so that an answer does not tell them apart.
 *
 * <p>Who fails from addresses without number fills what can be remembered. From then on a name's failures from all
 * further addresses are one count, so that guessing at it stays slow; only the addresses from which it was logged in with
 * before still have a count of their own, so that this keeps out nobody who comes from there.
 */
public final class LoginThrottle {

    private static final int FREE_FOR_A_NAME = 5;
    private static final int FREE_FOR_AN_ADDRESS = 20;
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 10_000;

    /** Among so many counts the names are divided for which there is no room. */
    private static final int SHARED_COUNTS = 1_000;

    /** Of each name. */
    private static final int MOST_NETWORKS = 8;

    /** What is longer counts as what it begins with: a stranger decides how long it is. */
    private static final int LONGEST_NAME = 64;

    /** Looking through all that is remembered costs, so it is not done for each who tries. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    /** @param name empty for all names from this network */
    private record Who(String name, String network) {

        static Who of(String name, String network) {
            return new Who(name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name, network);
        }

        static Who anyName(String network) {
            return new Who("", network);
        }

        /** This name and some others, in all networks for which there is no room. */
        Who shared() {
            return new Who(String.valueOf(Math.floorMod(name.hashCode(), SHARED_COUNTS)), "*");
        }
    }

    /** @param before when the last but one was */
    private record Failures(int count, Instant last, Instant before) {

        boolean waits(int free, Instant now) {
            int doublings = Math.min(count - free, 10);
            if (doublings < 0) {
                return false;
            }
            Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
            return now.isBefore(last.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT));
        }

        boolean forgotten(Instant now) {
            return last.plus(LONGEST_WAIT).isBefore(now);
        }

        @Nullable
        Failures withoutTheLast() {
            return count == 1 ? null : new Failures(count - 1, before, before);
        }
    }

    private final Map<Who, Failures> failures = new HashMap<>();

    /** Of each name, from where it was logged in with, the latest first. */
    private final Map<String, List<String>> networks = new HashMap<>();

    private final Clock clock;
    private Instant looked = Instant.MIN;

    public LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Whether the password may be looked at. If so, it counts as wrong until {@link #succeeded}: else who tries many at
     * once would have more tries than who tries them one by one.
     *
     * @param address from which the connection comes, as the socket tells it
     */
    public synchronized boolean mayTry(String name, String address) {
        Instant now = clock.instant();
        if (failures.size() >= MOST_REMEMBERED && now.isAfter(looked.plus(BETWEEN_LOOKS))) {
            looked = now;
            failures.values().removeIf(old -> old.forgotten(now));
        }
        Who one = counted(Who.of(name, network(address)));
        Who all = Who.anyName(network(address));
        if (waits(one, FREE_FOR_A_NAME, now) || waits(all, FREE_FOR_AN_ADDRESS, now)) {
            return false;
        }
        count(one, now);
        // Without room it needs no count: its tries count for the names.
        if (hasRoom(all)) {
            count(all, now);
        }
        return true;
    }

    private boolean waits(Who who, int free, Instant now) {
        Failures so = failures.get(who);
        return so != null && so.waits(free, now);
    }

    private void count(Who who, Instant now) {
        failures.merge(
                who,
                new Failures(1, now, now),
                (old, one) -> old.forgotten(now) ? one : new Failures(old.count() + 1, now, old.last()));
    }

    private Who counted(Who who) {
        return hasRoom(who) || networks.getOrDefault(who.name(), List.of()).contains(who.network())
                ? who
                : who.shared();
    }

    private boolean hasRoom(Who who) {
        return failures.size() < MOST_REMEMBERED || failures.containsKey(who);
    }

    /**
     * What the address did to other names stays counted: one own login does not pay for guesses. So does a count that
     * others share.
     */
    public synchronized void succeeded(String name, String address) {
        Who who = Who.of(name, network(address));
        failures.remove(who);
        failures.computeIfPresent(Who.anyName(who.network()), (all, old) -> old.withoutTheLast());
        networks.merge(
                who.name(),
                List.of(who.network()),
                (old, one) -> Stream.concat(one.stream(), old.stream())
                        .distinct()
                        .limit(MOST_NETWORKS)
                        .toList());
    }

    /** Of IPv6 the first 64 bits: whoever has one address there has them all (RFC 6177). */
    private static String network(String address) {
        int groups = 0;
        for (int at = 0; at < address.length(); at++) {
            if (address.charAt(at) == ':' && ++groups == 4) {
                return address.substring(0, at);
            }
        }
        return address;
    }
}
