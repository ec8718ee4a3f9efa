package io.chapar.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Makes guessing passwords slow. After some failures in a row for a name from an address, whoever uses that name from
 * there waits, whether the password is right or not, and twice as long after each further failure. So does an address
 * that tries many names. From elsewhere nobody waits for it: a stranger who fails on purpose keeps nobody out. Names that
 * nobody has are counted too, so that an answer does not tell them apart.
 */
public final class LoginThrottle {

    private static final int FREE_FOR_A_NAME = 5;
    private static final int FREE_FOR_AN_ADDRESS = 20;
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 10_000;

    /** Looking through all that is remembered costs, so it is not done for each who fails. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    /** @param name empty for all names from this address */
    private record Who(String name, String network) {}

    private record Failures(int count, Instant last) {

        Instant until(int free) {
            int doublings = Math.min(count - free, 10);
            if (doublings < 0) {
                return Instant.MIN;
            }
            Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
            return last.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        }
    }

    private final ConcurrentMap<Who, Failures> failures = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile Instant looked = Instant.MIN;

    public LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /** @param address from which the connection comes, as the socket tells it */
    public boolean mustWait(String name, String address) {
        return waits(new Who(name, network(address)), FREE_FOR_A_NAME)
                || waits(new Who("", network(address)), FREE_FOR_AN_ADDRESS);
    }

    private boolean waits(Who who, int free) {
        Failures so = failures.get(who);
        return so != null && clock.instant().isBefore(so.until(free));
    }

    public void failed(String name, String address) {
        count(new Who(name, network(address)));
        count(new Who("", network(address)));
    }

    private void count(Who who) {
        if (failures.size() >= MOST_REMEMBERED && clock.instant().isAfter(looked.plus(BETWEEN_LOOKS))) {
            looked = clock.instant();
            failures.values().removeIf(old -> old.last().plus(LONGEST_WAIT).isBefore(clock.instant()));
        }
        // Whoever fills this has addresses without number, and each of them still has few tries.
        if (failures.size() < MOST_REMEMBERED || failures.containsKey(who)) {
            failures.merge(
                    who,
                    new Failures(1, clock.instant()),
                    (old, one) -> old.last().plus(LONGEST_WAIT).isBefore(one.last())
                            ? one
                            : new Failures(old.count() + 1, one.last()));
        }
    }

    /** What the address did to other names stays counted: one own login does not pay for guesses. */
    public void succeeded(String name, String address) {
        failures.remove(new Who(name, network(address)));
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
