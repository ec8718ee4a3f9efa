package io.chapar.sandbox.benchmark;

import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Scribe;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The standard load: the year 2018 restricted to the exchanges that there are, in its proportions, and each at least
 * once in ten thousand. Written and signed beforehand, so that the senders cost little while it counts.
 */
final class Mix {

    /** Of ten thousand; the rest are border crossings (5,688,470 of the year). */
    private static final int REGISTRATIONS = 28;

    private static final int BIRTHS = 3;
    private static final int TEN_THOUSAND = 10_000;
    private static final int TYPED_PAGE = 40 * 1024;

    /**
     * @param letters in the order of sending
     * @param deliveries how many deliveries they must become
     */
    record Load(List<Letter> letters, long deliveries) {}

    private final Random random;
    private final Scribe scribe;

    Mix(long seed, Clock clock) {
        this.random = new Random(seed);
        this.scribe = new Scribe(random, clock);
    }

    Load sign(int messages, Mail mail) {
        List<Letter> letters = new ArrayList<>(messages);
        long deliveries = 0;
        for (int i = 0; i < messages; i++) {
            int kind = random.nextInt(TEN_THOUSAND);
            Draft draft = kind < REGISTRATIONS
                    ? scribe.registration(TYPED_PAGE)
                    : kind < REGISTRATIONS + BIRTHS ? scribe.birth() : scribe.crossing();
            deliveries += receivers(draft);
            letters.add(Letters.of(draft, form(draft), mail.signer(draft.sender())));
        }
        return new Load(letters, deliveries);
    }

    private static int receivers(Draft draft) {
        return switch (draft.exchange().exchange()) {
            case "consular-registration" -> draft.content().containsKey("work") ? 3 : 2;
            case "birth-notification" -> 2;
            default -> 1;
        };
    }

    /** Of ten, six in JSON, three in XML, one by SOAP; what has a file beside it goes by REST. */
    private Form form(Draft draft) {
        int which = random.nextInt(10);
        if (which == 0 && draft.attachments().isEmpty()) {
            return Form.SOAP;
        }
        return which < 4 ? Form.REST_XML : Form.REST_JSON;
    }
}
