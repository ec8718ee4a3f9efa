package io.chapar.deadline;

import io.chapar.message.Agreement;
import io.chapar.message.Catalogue;
import io.chapar.message.Digest;
import io.chapar.message.Fields;
import io.chapar.message.Header;
import io.chapar.message.Obligation;
import io.chapar.message.Obligation.Awaited;
import io.chapar.message.Passage;
import io.chapar.record.ClockEffects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** Which clocks a message starts, and which it stops, by the agreements. */
public final class Obligations {

    private final Catalogue catalogue;
    private final Terms terms;
    private final Function<List<String>, Digest> marks;

    /** @param marks gives words a keyed hash, so that nothing of a person stands in the record in clear */
    public Obligations(Catalogue catalogue, Terms terms, Function<List<String>, Digest> marks) {
        this.catalogue = catalogue;
        this.terms = terms;
        this.marks = marks;
    }

    public ClockEffects of(Passage.Authorised message) {
        if (message.agreement().pattern() == Agreement.Pattern.EMIT) {
            return ClockEffects.NOTICE;
        }
        Header header = message.header();
        if (header.action() == Header.Action.WITHDRAW) {
            return ClockEffects.NONE;
        }
        Fields fields = message.validated().fields();
        return new ClockEffects(
                message.agreement()
                        .following()
                        .obligation()
                        .flatMap(obligation -> start(message.agreement(), obligation, header, fields)),
                answers(header, fields),
                numbers(message.agreement(), header, fields),
                false);
    }

    private Optional<ClockEffects.Start> start(
            Agreement agreement, Obligation obligation, Header header, Fields fields) {
        Optional<Instant> due = terms.due(obligation.term(), fields);
        Optional<Instant> since = terms.dayOfEvent(obligation.term(), fields);
        if (due.isEmpty() || since.isEmpty()) {
            return Optional.empty();
        }
        String exchange = agreement.exchange().exchange();
        List<Digest> by = new ArrayList<>();
        for (Awaited awaited : obligation.awaits()) {
            if (awaited.matches().isEmpty()) {
                by.add(conversation(header.conversationId()));
            } else {
                matching(exchange, awaited, new TreeMap<>(awaited.matches()).keySet(), fields)
                        .ifPresent(by::add);
            }
        }
        return Optional.of(new ClockEffects.Start(since.get(), due.get(), by));
    }

    private List<ClockEffects.Answer> answers(Header header, Fields fields) {
        List<ClockEffects.Answer> answers = new ArrayList<>();
        for (Agreement other : catalogue.all()) {
            for (Awaited awaited : awaitedBy(other)) {
                if (awaited.exchange().equals(header.exchange().exchange())
                        && awaited.when().map(when -> when.holds(fields)).orElse(true)) {
                    String exchange = other.exchange().exchange();
                    borne(exchange, awaited, header, fields)
                            .forEach(mark -> answers.add(new ClockEffects.Answer(exchange, mark)));
                }
            }
        }
        return answers;
    }

    private static List<Awaited> awaitedBy(Agreement agreement) {
        return agreement.following().obligation().map(Obligation::awaits).orElse(List.of());
    }

    private List<Digest> borne(String exchange, Awaited awaited, Header header, Fields fields) {
        if (!awaited.matches().isEmpty()) {
            return matching(exchange, awaited, new TreeMap<>(awaited.matches()).values(), fields).stream()
                    .toList();
        }
        List<Digest> borne = new ArrayList<>();
        borne.add(conversation(header.conversationId()));
        awaited.number().flatMap(fields::text).map(this::number).ifPresent(borne::add);
        return borne;
    }

    private List<ClockEffects.AssignedNumber> numbers(Agreement agreement, Header header, Fields fields) {
        return agreement.following().assigns().flatMap(fields::text).stream()
                .map(value -> new ClockEffects.AssignedNumber(number(value), conversation(header.conversationId())))
                .toList();
    }

    private Digest conversation(UUID id) {
        return marks.apply(List.of("conversation", id.toString()));
    }

    private Digest number(String value) {
        return marks.apply(List.of("number", value));
    }

    /** Nothing matches what is not said. */
    private Optional<Digest> matching(String exchange, Awaited awaited, Collection<String> pointers, Fields fields) {
        List<String> words = new ArrayList<>(List.of("matches", exchange, awaited.exchange()));
        for (String pointer : pointers) {
            Optional<String> value = fields.text(pointer);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            words.add(value.get());
        }
        return Optional.of(marks.apply(words));
    }
}
