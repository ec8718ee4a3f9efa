package io.chapar.console;

import io.chapar.message.PartyCode;
import io.chapar.record.NotRecorded;
import io.chapar.record.ParkedDeliveries;
import io.chapar.record.ParkedDelivery;
import io.chapar.record.ParkedFilter;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what is parked, and sends it again in the name of whoever is logged in. Refusals are answers in plain words. */
public final class Parked implements ParkedMXBean {

    private static final Logger LOG = LoggerFactory.getLogger(Parked.class);

    /** As many as somebody can look at. */
    private static final int SHOWN = 1_000;

    /** With one call: a minute's work at most. */
    private static final int SENT = 10_000;

    private static final String EVERY_RECEIVER = "*";

    private final Supplier<ParkedDeliveries> record;
    private final Supplier<Optional<String>> login;

    /** @param login of whoever makes the request that this thread works on */
    public Parked(Supplier<ParkedDeliveries> record, Supplier<Optional<String>> login) {
        this.record = record;
        this.login = login;
    }

    @Override
    public long getCount() {
        return record.get().count();
    }

    @Override
    public Shown list(
            @Nullable String receiver,
            @Nullable String exchange,
            @Nullable String code,
            @Nullable String parkedAfter,
            @Nullable String parkedBefore) {
        List<ParkedDelivery> found;
        try {
            ParkedFilter filter = filter(receiver, exchange, code, parkedAfter, parkedBefore);
            found = record.get().list(filter, SHOWN + 1);
        } catch (IllegalArgumentException | NotRecorded e) {
            return new Shown(List.of(), false, String.valueOf(e.getMessage()));
        }
        List<Entry> shown = found.stream().limit(SHOWN).map(Entry::new).toList();
        return new Shown(
                shown,
                true,
                found.size() > SHOWN
                        ? "The first " + SHOWN + " of more: narrow the filter to see others."
                        : found.size() + " parked.");
    }

    @Override
    public Answer sendAgain(@Nullable String deliveryId) {
        UUID id;
        try {
            id = UUID.fromString(given(deliveryId).orElse(""));
        } catch (IllegalArgumentException e) {
            return nothing("Nothing was sent: a delivery's id is a UUID; list shows those of what is parked.");
        }
        return inTheNameOf(by -> {
            if (!record.get().sendAgain(id, by).isEmpty()) {
                LOG.info("{} sent delivery {} again", by, id);
                return new Answer(1, "Sent again; what was held behind it follows.");
            }
            return nothing(record.get()
                    .state(id)
                    .map(state -> "parked".equals(state)
                            ? "Nothing was sent: somebody else sent it again in this moment, and it was parked anew."
                            : "Nothing was sent: delivery " + id + " is not parked; it is " + state + ".")
                    .orElse("Nothing was sent: there is no delivery " + id + "; list shows what is parked."));
        });
    }

    @Override
    public Answer sendAllAgain(
            @Nullable String receiver,
            @Nullable String exchange,
            @Nullable String code,
            @Nullable String parkedAfter,
            @Nullable String parkedBefore) {
        ParkedFilter filter;
        try {
            filter = filter(receiver, exchange, code, parkedAfter, parkedBefore);
        } catch (IllegalArgumentException e) {
            return nothing("Nothing was sent: " + e.getMessage());
        }
        if (filter.equals(ParkedFilter.ALL) && !EVERY_RECEIVER.equals(receiver)) {
            return nothing("Nothing was sent: say what is meant by receiver, exchange, code or time; " + EVERY_RECEIVER
                    + " as the receiver means all that is parked.");
        }
        return inTheNameOf(by -> {
            int sent = record.get().sendAgain(filter, SENT, by);
            LOG.info("{} sent {} deliveries again", by, sent);
            return new Answer(
                    sent,
                    sent + " sent again; what was held behind them follows."
                            + (sent == SENT ? " There may be more: send again once more." : ""));
        });
    }

    private interface Acting {
        Answer as(String login);
    }

    private Answer inTheNameOf(Acting acting) {
        Optional<String> by = login.get();
        if (by.isEmpty()) {
            return nothing("Nothing was sent: nobody is logged in, and it is recorded who sends again.");
        }
        try {
            return acting.as(by.get());
        } catch (NotRecorded e) {
            return nothing("It cannot be recorded now (" + e.getMessage()
                    + "): list what is parked before you try again, some may have been sent.");
        }
    }

    private static Answer nothing(String why) {
        return new Answer(0, why);
    }

    private static ParkedFilter filter(
            @Nullable String receiver,
            @Nullable String exchange,
            @Nullable String code,
            @Nullable String after,
            @Nullable String before) {
        return new ParkedFilter(
                given(receiver).filter(each -> !EVERY_RECEIVER.equals(each)).map(PartyCode::new),
                given(exchange),
                given(code),
                given(after).map(Parked::time),
                given(before).map(Parked::time));
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(each -> !each.isEmpty());
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a time has a zone, such as 2019-01-31T08:00:00Z", e);
        }
    }
}
