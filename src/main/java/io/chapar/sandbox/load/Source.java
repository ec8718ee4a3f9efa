package io.chapar.sandbox.load;

import io.chapar.message.Agreement;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Scribe;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Border crossings (half), births and registrations with a small file (a quarter each), in JSON, XML and SOAP: enough
 * for receivers on REST, SOAP and a mailbox to have traffic worth measuring. Each carries its own id. For any thread.
 */
public final class Source {

    private static final int QUARTERS = 4;
    private static final int SMALL_FILE = 4 * 1024;

    /** @param receivers whom it goes to */
    public record Item(Letter letter, Set<PartyCode> receivers) {}

    private record Written(Draft draft, Form form) {}

    private final Map<ExchangeVersion, Agreement> agreements;
    private final Random random;
    private final Scribe scribe;

    public Source(long seed, Clock clock, Collection<Agreement> agreements) {
        this.random = new Random(seed);
        this.scribe = new Scribe(random, clock);
        this.agreements = agreements.stream().collect(Collectors.toMap(Agreement::exchange, Function.identity()));
    }

    public Item next(Mail mail) {
        return item(written(random.nextInt(QUARTERS)), mail);
    }

    /** Only this, which is the busiest exchange and has one receiver. */
    Item crossing(Mail mail) {
        return item(written(0), mail);
    }

    /** One of those that hotels may send in batches. */
    synchronized Draft stay() {
        return OwnId.into(scribe.stay());
    }

    private Item item(Written written, Mail mail) {
        Draft draft = written.draft();
        Agreement agreement = agreements.get(draft.exchange());
        if (agreement == null) {
            throw new IllegalStateException("nothing is agreed on about " + draft.exchange());
        }
        return new Item(Letters.of(draft, written.form(), mail.signer(draft.sender())), draft.receivers(agreement));
    }

    private synchronized Written written(int quarter) {
        Draft draft = switch (quarter) {
            case 3 -> scribe.registration(SMALL_FILE);
            case 2 -> scribe.birth();
            default -> scribe.crossing();
        };
        Form[] forms = Form.values();
        return new Written(OwnId.into(draft), forms[random.nextInt(forms.length)]);
    }
}
