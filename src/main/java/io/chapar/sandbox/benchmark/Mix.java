package io.chapar.sandbox.benchmark;

import io.chapar.message.Agreement;
import io.chapar.message.ExchangeVersion;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Drafts;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Nonces;
import io.chapar.sandbox.post.Scribe;
import io.chapar.sandbox.post.Year2018;
import io.chapar.sandbox.sample.Sample;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The standard load: the year 2018 in its proportions, and every other exchange by which agencies tell each other something
 * once in ten thousand. Written and signed beforehand, so that the senders cost little while it counts.
 */
final class Mix {

    private static final int TEN_THOUSAND = 10_000;
    private static final int TYPED_PAGE = 40 * 1024;

    /**
     * @param letters in the order of sending
     * @param deliveries how many deliveries they must become
     */
    record Load(List<Letter> letters, long deliveries) {}

    private final Random random;
    private final Scribe scribe;
    private final Clock clock;
    private final Map<ExchangeVersion, Agreement> agreements;

    /** Who writes the next one, by how many of the year come up to and with these. */
    private final NavigableMap<Long, Supplier<Draft>> writers = new TreeMap<>();

    /**
     * @param agreed the exchanges that there are
     * @param schemas where their samples lie
     */
    Mix(long seed, Clock clock, Collection<Agreement> agreed, Path schemas) throws IOException, Malformed {
        this.random = new Random(seed);
        this.scribe = new Scribe(random, clock);
        this.clock = clock;
        this.agreements = agreed.stream()
                .filter(agreement -> agreement.pattern() == Agreement.Pattern.NOTIFY)
                .filter(agreement -> agreement.disabled().isEmpty())
                .collect(Collectors.toMap(Agreement::exchange, Function.identity()));
        long upTo = 0;
        for (Agreement agreement : agreements.values().stream()
                .sorted(Comparator.comparing(Agreement::exchange))
                .toList()) {
            upTo += weight(agreement.exchange().exchange());
            writers.put(upTo, writer(agreement, schemas));
        }
    }

    /** Of the year's messages. */
    static long weight(String exchange) {
        return Math.max(Year2018.messages(exchange), Year2018.messages() / TEN_THOUSAND + 1);
    }

    private Supplier<Draft> writer(Agreement agreement, Path schemas) throws IOException, Malformed {
        return switch (agreement.exchange().exchange()) {
            case "border-crossing" -> scribe::crossing;
            case "stay-registration" -> scribe::stay;
            case "birth-notification" -> scribe::birth;
            case "consular-registration" -> () -> scribe.registration(TYPED_PAGE);
            case "identification-number-assigned" -> this::number;
            default -> {
                List<Sample> samples = Sample.of(agreement, schemas);
                yield () -> samples.get(random.nextInt(samples.size())).draft(clock.instant());
            }
        };
    }

    private Draft number() {
        return Drafts.numberAssigned(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                random.nextInt(Integer.MAX_VALUE),
                Nonces.next(),
                clock.instant());
    }

    Draft next() {
        return writers.higherEntry(random.nextLong(writers.lastKey()))
                .getValue()
                .get();
    }

    Load sign(int messages, Mail mail) {
        List<Letter> letters = new ArrayList<>(messages);
        long deliveries = 0;
        for (int i = 0; i < messages; i++) {
            Draft draft = next();
            deliveries += receivers(draft);
            letters.add(Letters.of(draft, form(draft), mail.signer(draft.sender())));
        }
        return new Load(letters, deliveries);
    }

    private int receivers(Draft draft) {
        Agreement agreement = agreements.get(draft.exchange());
        if (agreement == null) {
            throw new IllegalStateException("nothing is agreed on about " + draft.exchange());
        }
        return draft.receivers(agreement).size();
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
