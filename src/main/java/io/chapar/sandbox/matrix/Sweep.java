package io.chapar.sandbox.matrix;

import io.chapar.message.Agreement;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Obligation;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.matrix.Results.Cell;
import io.chapar.sandbox.sample.Sample;
import io.chapar.sandbox.sample.Written;
import io.chapar.trust.Malformed;
import io.chapar.trust.SignatureRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sends every sample over every inbound channel to one gateway, whose receivers all have the same channel. */
final class Sweep {

    /** How long nothing more may arrive before what is missing counts as lost. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long LOOK_MILLIS = 500;

    private final Outbound outbound;
    private final List<Inbound> ways;
    private final Whereabouts whereabouts;
    private final Arrivals arrivals;
    private final Clock clock;
    private final Results results;
    private final List<Journey> under = new ArrayList<>();

    Sweep(
            Outbound outbound,
            List<Inbound> ways,
            Whereabouts whereabouts,
            Arrivals arrivals,
            Clock clock,
            Results results) {
        this.outbound = outbound;
        this.ways = List.copyOf(ways);
        this.whereabouts = whereabouts;
        this.arrivals = arrivals;
        this.clock = clock;
        this.results = results;
    }

    /** Returns how many messages were sent. */
    int send(Collection<Agreement> agreements, Path schemas) throws IOException, Malformed {
        int sent = 0;
        for (Agreement agreement : agreements) {
            if (agreement.pattern() == Agreement.Pattern.EMIT) {
                continue;
            }
            for (Sample sample : Sample.of(agreement, schemas)) {
                for (Inbound way : ways) {
                    send(sample, way);
                    sent++;
                    sent += provoke(sample, way);
                }
            }
        }
        return sent;
    }

    private void send(Sample sample, Inbound way) throws Malformed {
        Agreement agreement = sample.agreement();
        Cell cell = new Cell(agreement.exchange().exchange(), way.name(), outbound);
        Written message = sample.fresh(way.format(), clock.instant());
        try {
            Content told = way.hand(message);
            if (agreement.pattern() == Agreement.Pattern.QUERY) {
                must(told, "/questionDigest", message.digest().value());
                told.must("/found");
                results.arrived(cell, 1);
                return;
            }
            receipt(told, message);
            UUID id = message.draft().messageId();
            PartyCode sender = message.draft().sender();
            under.add(new Journey(cell, sample.name(), () -> arrived(id, whereabouts.ofOwn(sender, id))));
        } catch (IOException | SignatureRefused | NotTaken | IllegalArgumentException e) {
            results.failed(cell, sample.name(), String.valueOf(e.getMessage()));
        }
    }

    /** If the gateway tells when nothing follows: a message from so long ago that it must tell at once. */
    private int provoke(Sample sample, Inbound way) throws Malformed {
        Obligation obligation = sample.agreement().following().obligation().orElse(null);
        if (obligation == null || obligation.emits().isEmpty()) {
            return 0;
        }
        ExchangeVersion notice = obligation.emits().get().exchange();
        String day = obligation.term().from();
        Cell cell = new Cell(notice.exchange(), way.name(), outbound);
        Written message = sample.with(
                way.format(),
                clock.instant(),
                Map.of(
                        "conversationId",
                        UUID.randomUUID().toString(),
                        day.substring(day.lastIndexOf('/') + 1),
                        LocalDate.now(clock).minusYears(1).toString()));
        try {
            receipt(way.hand(message), message);
            UUID id = message.draft().messageId();
            under.add(new Journey(cell, sample.name(), () -> noticed(notice, id)));
        } catch (IOException | SignatureRefused | NotTaken | IllegalArgumentException e) {
            results.failed(cell, sample.name(), String.valueOf(e.getMessage()));
        }
        return 1;
    }

    private static void receipt(Content told, Written message) throws Malformed, NotTaken {
        must(told, "/messageId", message.draft().messageId().toString());
        must(told, "/sender", message.draft().sender().value());
        must(told, "/exchange", message.draft().exchange().exchange());
        must(told, "/contentDigest", message.digest().value());
    }

    private static void must(Content told, String pointer, String expected) throws NotTaken {
        if (!told.must(pointer).equals(expected)) {
            throw new NotTaken(pointer + " of what was told is not that of what was sent");
        }
    }

    /** Waits for what is under way; what does not come is an empty cell. */
    void settle() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!under.isEmpty() && System.nanoTime() < end) {
            int before = under.size();
            under.removeIf(journey -> journey.ended(results));
            if (under.size() < before) {
                end = System.nanoTime() + PATIENCE.toNanos();
            }
            if (!under.isEmpty()) {
                arrivals.pause(LOOK_MILLIS);
            }
        }
        under.forEach(journey -> journey.givenUp(results));
        under.clear();
    }

    private Journey.Stage noticed(ExchangeVersion notice, UUID about) throws IOException, Malformed, NotTaken {
        UUID id = arrivals.notice(notice.exchange(), about).orElse(null);
        if (id == null) {
            return new Journey.Stage(false, 0, "the gateway has not told it");
        }
        PartyCode receiver = arrivals.reader(id);
        return arrived(id, whereabouts.ofOthers(receiver, PartyCode.CHAPAR, id));
    }

    /** Whether the gateway has an acknowledgement from each receiver, and each receiver knows that it gave one. */
    private Journey.Stage arrived(UUID id, Map<String, String> states) {
        boolean all = states.entrySet().stream()
                .allMatch(
                        each -> each.getValue().equals("delivered") && arrivals.has(new PartyCode(each.getKey()), id));
        return new Journey.Stage(all, states.size(), states.toString());
    }
}
