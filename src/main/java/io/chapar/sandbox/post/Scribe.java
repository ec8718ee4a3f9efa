package io.chapar.sandbox.post;

import java.time.Clock;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Writes what the agencies send. People are made from the seed; ids and nonces are fresh each time, so that a second
 * morning is not refused as a repeat of the first. Used by one thread.
 */
public final class Scribe {

    /** The exchanges that are written here, or by the register when a birth makes it write. */
    public static final Set<String> EXCHANGES = Set.of(
            "border-crossing",
            "stay-registration",
            "birth-notification",
            "identification-number-assigned",
            "consular-registration",
            "person-lookup");

    private final BorderDesk border;
    private final CivilDesk civil;
    private final HotelDesk hotel;

    public Scribe(RandomGenerator random, Clock clock) {
        this.border = new BorderDesk(random, clock);
        this.civil = new CivilDesk(random, clock);
        this.hotel = new HotelDesk(random, clock);
    }

    /** A foreigner enters, or one who entered earlier leaves. */
    public Draft crossing() {
        return border.crossing();
    }

    public Draft birth() {
        return civil.birth();
    }

    /** @param weight bytes of the document that confirms the work, if it is for work */
    public Draft registration(int weight) {
        return civil.registration(weight);
    }

    /** A foreigner takes a room. */
    public Draft stay() {
        return hotel.stay();
    }

    public Draft lookup() {
        return civil.lookup();
    }
}
