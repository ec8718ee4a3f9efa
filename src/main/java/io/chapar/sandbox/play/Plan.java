package io.chapar.sandbox.play;

import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Scribe;
import io.chapar.sandbox.post.Year2018;
import io.chapar.sandbox.sample.Sample;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/**
 * What happens in a morning, in order. The mix is the year 2018's, in which of a hundred messages eighty-seven are border
 * crossings and eleven registrations of a stay; the rare exchanges are given a few per cent instead of their due, or nobody
 * would see one. What no desk writes is sent as its samples say it, one after the other.
 */
final class Plan {

    /** Of a thousand messages; the rest are border crossings and stays, in the year's proportion. */
    private static final int BIRTHS = 20;

    private static final int REGISTRATIONS = 20;
    private static final int LOOKUPS = 50;
    private static final int SAMPLES = 60;
    private static final int MISTAKES = 20;
    private static final int THOUSAND = 1000;
    private static final int KILOBYTE = 1024;

    private static final long CROSSINGS = Year2018.messages("border-crossing");
    private static final long STAYS = Year2018.messages("stay-registration");

    private final Random random;
    private final Scribe scribe;
    private final List<Sample> samples;
    private final Clock clock;
    private int turn;

    /** @param samples of the exchanges that no desk writes */
    Plan(long seed, Clock clock, List<Sample> samples) {
        this.clock = clock;
        this.samples = samples;
        this.random = new Random(seed);
        this.scribe = new Scribe(random, clock);
    }

    Step next() {
        int kind = random.nextInt(THOUSAND);
        if (kind < REGISTRATIONS) {
            return new Step(scribe.registration(weight()), rest(), Mistake.NONE);
        }
        if (kind >= THOUSAND - SAMPLES && !samples.isEmpty()) {
            Draft draft = samples.get(turn++ % samples.size()).draft(clock.instant());
            return new Step(draft, draft.attachments().isEmpty() ? any() : rest(), Mistake.NONE);
        }
        Draft draft = kind < REGISTRATIONS + BIRTHS
                ? scribe.birth()
                : kind < REGISTRATIONS + BIRTHS + LOOKUPS ? scribe.lookup() : frequent();
        if (random.nextInt(THOUSAND) < MISTAKES) {
            Mistake[] all = Mistake.values();
            return new Step(draft, rest(), all[1 + random.nextInt(all.length - 1)]);
        }
        return new Step(draft, any(), Mistake.NONE);
    }

    private Draft frequent() {
        return random.nextLong(CROSSINGS + STAYS) < STAYS ? scribe.stay() : scribe.crossing();
    }

    private Form any() {
        return random.nextInt(5) == 0 ? Form.SOAP : rest();
    }

    private Form rest() {
        return random.nextInt(3) == 0 ? Form.REST_XML : Form.REST_JSON;
    }

    /** A page that was typed, or one in ten that was scanned: one to two megabytes. */
    private int weight() {
        return random.nextInt(10) == 0
                ? (1000 + random.nextInt(1000)) * KILOBYTE
                : (20 + random.nextInt(40)) * KILOBYTE;
    }
}
