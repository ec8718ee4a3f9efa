package io.chapar.sandbox.faults;

import io.chapar.message.Agreement;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Drafts;
import io.chapar.sandbox.post.Nonces;
import io.chapar.sandbox.post.Scribe;
import io.chapar.sandbox.sample.Sample;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one sender writes: half of it border crossings, the rest births, numbers, registrations with a file, and samples
 * that reach those with mailboxes and queues. Used by one thread.
 */
final class Correspondence {

    /** Of a hundred messages; the rest are border crossings. */
    private static final int BIRTHS = 12;

    private static final int NUMBERS = 12;
    private static final int REGISTRATIONS = 4;
    private static final int SAMPLES = 22;
    private static final int HUNDRED = 100;
    private static final int LARGEST_FILE = 40 * 1024;

    /** How many keys of its own a sender uses beside those of the travellers. */
    private static final int KEYS = 3;

    private static final String ORDERING_KEY = "orderingKey";

    /** What is agreed on, and the samples that are sent as they are. */
    record Library(Map<ExchangeVersion, Agreement> agreements, List<Sample> samples) {

        static Library of(Collection<Agreement> agreements, Map<PartyCode, Party.Channel> parties, Path schemas)
                throws IOException, Malformed {
            Set<PartyCode> fetching = parties.entrySet().stream()
                    .filter(party -> Fault.Place.FETCHING.hits(party.getValue()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            List<Sample> samples = new ArrayList<>();
            List<Agreement> fetched = agreements.stream()
                    .filter(agreement -> agreement.pattern() == Agreement.Pattern.NOTIFY)
                    .filter(agreement -> agreement.disabled().isEmpty())
                    .filter(agreement -> agreement.following().obligation().isEmpty())
                    .filter(agreement ->
                            !Scribe.EXCHANGES.contains(agreement.exchange().exchange()))
                    .filter(agreement ->
                            agreement.receivers().stream().anyMatch(receiver -> fetching.contains(receiver.party())))
                    .sorted(Comparator.comparing(Agreement::exchange))
                    .toList();
            for (Agreement agreement : fetched) {
                List<Sample> its = Sample.of(agreement, schemas);
                // Some exchanges allow no text of one's own, not even a key.
                if (its.stream().anyMatch(Correspondence::hasKey)) {
                    samples.addAll(its);
                }
            }
            return new Library(
                    agreements.stream().collect(Collectors.toMap(Agreement::exchange, agreement -> agreement)),
                    samples);
        }

        /** Whoever may be sent something of this. */
        Set<PartyCode> receivers() {
            return sent().flatMap(agreement -> agreement.receivers().stream())
                    .map(Agreement.Receiver::party)
                    .collect(Collectors.toSet());
        }

        /** Whoever may send something of this. */
        Set<PartyCode> senders(Collection<Party> parties) {
            return parties.stream()
                    .filter(party -> sent().flatMap(agreement -> agreement.senders().stream())
                            .anyMatch(sender -> sender.equals(party.code().value())
                                    || party.groups().contains(sender)))
                    .map(Party::code)
                    .collect(Collectors.toSet());
        }

        private Stream<Agreement> sent() {
            return agreements.values().stream()
                    .filter(agreement -> agreement.pattern() == Agreement.Pattern.NOTIFY)
                    .filter(agreement ->
                            Scribe.EXCHANGES.contains(agreement.exchange().exchange())
                                    || samples.stream().anyMatch(sample -> sample.agreement() == agreement));
        }
    }

    /** @param receivers whom the agreement makes it go to, given what it says */
    record Item(Draft draft, Optional<String> key, Set<PartyCode> receivers) {}

    private final int number;
    private final Random random;
    private final Scribe scribe;
    private final Library library;
    private final Clock clock;
    private long births;

    Correspondence(int number, long seed, Library library, Clock clock) {
        this.number = number;
        this.random = new Random(seed + number);
        this.scribe = new Scribe(random, clock);
        this.library = library;
        this.clock = clock;
    }

    Random random() {
        return random;
    }

    /** No other sender uses its ordering keys. */
    Item next() {
        Draft draft = draft(random.nextInt(HUNDRED));
        Map<String, Object> content = new LinkedHashMap<>(draft.content());
        Map<String, Object> header = new LinkedHashMap<>();
        if (content.get("header") instanceof Map<?, ?> old) {
            old.forEach((name, value) -> header.put(name.toString(), value));
        }
        // A traveller's key stays the traveller's; one out of a sample would be everybody's.
        boolean travels = draft.exchange().exchange().equals("border-crossing");
        int which = random.nextInt(KEYS + 1);
        if (which < KEYS) {
            header.put(ORDERING_KEY, number + "-" + which);
        } else if (!travels) {
            header.remove(ORDERING_KEY);
        }
        content.put("header", header);
        Draft keyed = new Draft(draft.exchange(), draft.sender(), draft.messageId(), content, draft.attachments());
        return new Item(keyed, Optional.ofNullable(header.get(ORDERING_KEY)).map(Object::toString), receivers(keyed));
    }

    private Draft draft(int kind) {
        if (kind < BIRTHS) {
            return scribe.birth();
        }
        if (kind < BIRTHS + NUMBERS) {
            long place = number * 10_000_000L + births++;
            return Drafts.numberAssigned(
                    UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), place, Nonces.next(), clock.instant());
        }
        if (kind < BIRTHS + NUMBERS + REGISTRATIONS) {
            return scribe.registration(1024 + random.nextInt(LARGEST_FILE));
        }
        if (kind < BIRTHS + NUMBERS + REGISTRATIONS + SAMPLES
                && !library.samples().isEmpty()) {
            return library.samples()
                    .get(random.nextInt(library.samples().size()))
                    .draft(clock.instant());
        }
        return scribe.crossing();
    }

    private static boolean hasKey(Sample sample) {
        return sample.content().get("header") instanceof Map<?, ?> header && header.containsKey(ORDERING_KEY);
    }

    private Set<PartyCode> receivers(Draft draft) {
        return draft.receivers(Optional.ofNullable(library.agreements().get(draft.exchange()))
                .orElseThrow(() -> new IllegalStateException("nothing is agreed on about " + draft.exchange())));
    }
}
