package io.chapar.app.catalogue;

import io.chapar.message.Agreement.Condition;
import io.chapar.message.Agreement.Term;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Following;
import io.chapar.message.Obligation;
import io.chapar.message.Obligation.Awaited;
import io.chapar.message.Obligation.Emitted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what an agreement says of what follows: {@code obligation} and {@code assigns}. */
final class FollowingReader {

    private final Function<Map<?, ?>, Term> term;
    private final Function<Map<?, ?>, Condition> condition;

    FollowingReader(Function<Map<?, ?>, Term> term, Function<Map<?, ?>, Condition> condition) {
        this.term = term;
        this.condition = condition;
    }

    Following read(Map<?, ?> root) {
        return new Following(map(root, "obligation").map(this::obligation), text(root, "assigns"));
    }

    private Obligation obligation(Map<?, ?> entry) {
        List<?> awaits = entry.get("awaits") instanceof List<?> list ? list : List.of();
        return new Obligation(
                term.apply(entry),
                awaits.stream().map(awaited -> awaited((Map<?, ?>) awaited)).toList(),
                map(entry, "emits").map(FollowingReader::emitted));
    }

    private Awaited awaited(Map<?, ?> entry) {
        return new Awaited(
                text(entry, "exchange").orElseThrow(),
                map(entry, "when").map(condition),
                text(entry, "number"),
                map(entry, "matches").map(FollowingReader::pointers).orElse(Map.of()));
    }

    private static Emitted emitted(Map<?, ?> entry) {
        return new Emitted(
                new ExchangeVersion(
                        text(entry, "exchange").orElseThrow(),
                        text(entry, "version").orElseThrow()),
                map(entry, "fields").map(FollowingReader::pointers).orElse(Map.of()));
    }

    private static Map<String, String> pointers(Map<?, ?> entry) {
        Map<String, String> pointers = new LinkedHashMap<>();
        entry.forEach((to, from) -> pointers.put(to.toString(), from.toString()));
        return pointers;
    }

    private static Optional<Map<?, ?>> map(Map<?, ?> entry, String name) {
        return entry.get(name) instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    }

    private static Optional<String> text(Map<?, ?> entry, String name) {
        return Optional.ofNullable(entry.get(name)).map(Object::toString);
    }
}
