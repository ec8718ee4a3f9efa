package io.chapar.record;

import io.chapar.message.PartyCode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which parked deliveries are meant: those of which all that is given is true.
 *
 * @param code of the answer, with its status or without: {@code 422 schema} or {@code schema}
 * @param after parked at this time or later
 * @param before parked earlier
 */
public record ParkedFilter(
        Optional<PartyCode> receiver,
        Optional<String> exchange,
        Optional<String> code,
        Optional<Instant> after,
        Optional<Instant> before) {

    /** Without what a pattern of SQL would take for something else. */
    private static final Pattern CODE = Pattern.compile("[a-z0-9 -]+");

    public static final ParkedFilter ALL =
            new ParkedFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** @throws IllegalArgumentException when no answer could have this code */
    public ParkedFilter {
        if (code.filter(given -> !CODE.matcher(given).matches()).isPresent()) {
            throw new IllegalArgumentException("the code has small letters, digits and hyphens, such as 422 schema");
        }
    }

    String condition() {
        StringBuilder condition = new StringBuilder("d.state = 2");
        receiver.ifPresent(given -> condition.append(" and d.receiver = ?"));
        exchange.ifPresent(given -> condition.append(" and m.exchange = ?"));
        code.ifPresent(given -> condition.append(" and (d.answer = ? or d.answer like ?)"));
        after.ifPresent(given -> condition.append(" and d.since >= ?"));
        before.ifPresent(given -> condition.append(" and d.since < ?"));
        return condition.toString();
    }

    /** @return the index of what is bound next */
    int bind(PreparedStatement select) throws SQLException {
        List<Object> values = new ArrayList<>();
        receiver.ifPresent(given -> values.add(given.value()));
        exchange.ifPresent(values::add);
        code.ifPresent(given -> {
            values.add(given);
            values.add("% " + given);
        });
        after.ifPresent(given -> values.add(Columns.micros(given)));
        before.ifPresent(given -> values.add(Columns.micros(given)));
        for (int i = 0; i < values.size(); i++) {
            select.setObject(i + 1, values.get(i));
        }
        return values.size() + 1;
    }
}
