package io.chapar.app.catalogue;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Attachments;
import io.chapar.message.Agreement.Condition;
import io.chapar.message.Agreement.Entitlement;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.Agreement.Term;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a file that fits its schema into an agreement. */
final class AgreementReader {

    private final Map<?, ?> root;
    private final Path folder;

    private AgreementReader(Map<?, ?> root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /** @throws java.time.format.DateTimeParseException when a date is no day of the calendar */
    static Agreement read(Map<?, ?> root, Path folder) {
        return new AgreementReader(root, folder).agreement();
    }

    private Agreement agreement() {
        return new Agreement(
                new ExchangeVersion(text(root, "exchange"), text(root, "version")),
                text(root, "title"),
                Agreement.Pattern.valueOf(upper(text(root, "pattern"))),
                list(root, "paragraphs").stream()
                        .map(number -> ((BigInteger) number).intValueExact())
                        .toList(),
                Agreement.Basis.valueOf(upper(text(root, "basis"))),
                LocalDate.parse(text(root, "validFrom")),
                optional(root, "validUntil").map(LocalDate::parse),
                text(root, "approvedBy"),
                optional(root, "disabled"),
                texts(root, "senders"),
                list(root, "receivers").stream()
                        .map(receiver -> receiver((Map<?, ?>) receiver))
                        .toList(),
                texts(root, "purposes"),
                list(root, "entitlements").stream()
                        .map(entry -> (Map<?, ?>) entry)
                        .map(entry -> new Entitlement(texts(entry, "parties"), List.copyOf(texts(entry, "fields"))))
                        .toList(),
                optional(root, "orderingKey").filter("required"::equals).isPresent(),
                List.copyOf(texts(root, "gatewaySets")),
                terms(root),
                root.containsKey("priority") ? ((BigInteger) value(root, "priority")).intValueExact() : 0,
                Agreement.Classification.valueOf(upper(text(root, "classification"))),
                Period.parse(text(root, "retention")),
                Agreement.OnPark.valueOf(upper(optional(root, "onPark").orElse("wait"))),
                map(root, "attachments")
                        .map(attachments -> new Attachments(
                                texts(attachments, "mediaTypes"),
                                ((BigInteger) value(attachments, "maximumBytes")).longValueExact()))
                        .orElse(new Attachments(Set.of(), 0)),
                Boolean.TRUE.equals(root.get("bulk")),
                new FollowingReader(AgreementReader::term, AgreementReader::condition).read(root),
                folder);
    }

    private Receiver receiver(Map<?, ?> entry) {
        return new Receiver(
                new PartyCode(text(entry, "party")),
                map(entry, "when").map(AgreementReader::condition),
                withHeader(texts(entry, "fields")),
                Format.valueOf(upper(text(entry, "format"))),
                text(entry, "version"),
                optional(entry, "mapping").map(folder::resolve));
    }

    private static Condition condition(Map<?, ?> when) {
        String field = text(when, "field");
        if (when.containsKey("in")) {
            return new Condition(field, Condition.Test.IN, texts(when, "in"));
        }
        if (when.containsKey("notIn")) {
            return new Condition(field, Condition.Test.NOT_IN, texts(when, "notIn"));
        }
        return new Condition(field, Condition.Test.PRESENT, Set.of());
    }

    private static List<String> withHeader(Set<String> fields) {
        Set<String> all = new LinkedHashSet<>();
        all.add("/header");
        all.addAll(fields);
        return List.copyOf(all);
    }

    private static List<Term> terms(Map<?, ?> root) {
        List<?> several = list(root, "deadline");
        return (several.isEmpty()
                        ? map(root, "deadline").stream()
                        : several.stream().map(entry -> (Map<?, ?>) entry))
                .map(AgreementReader::term)
                .toList();
    }

    private static Term term(Map<?, ?> entry) {
        return new Term(
                map(entry, "when").map(AgreementReader::condition),
                text(entry, "from"),
                ((BigInteger) value(entry, "length")).intValueExact(),
                Term.Unit.valueOf(upper(text(entry, "unit"))),
                text(entry, "duty"));
    }

    private static Object value(Map<?, ?> entry, String name) {
        Object value = entry.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static String text(Map<?, ?> entry, String name) {
        return value(entry, name).toString();
    }

    private static Optional<String> optional(Map<?, ?> entry, String name) {
        return Optional.ofNullable(entry.get(name)).map(Object::toString);
    }

    private static Optional<Map<?, ?>> map(Map<?, ?> entry, String name) {
        return entry.get(name) instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    }

    private static List<?> list(Map<?, ?> entry, String name) {
        return entry.get(name) instanceof List<?> list ? list : List.of();
    }

    private static Set<String> texts(Map<?, ?> entry, String name) {
        Set<String> texts = new LinkedHashSet<>();
        list(entry, name).forEach(text -> texts.add(text.toString()));
        return texts;
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
