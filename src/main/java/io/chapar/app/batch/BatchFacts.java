package io.chapar.app.batch;

import io.chapar.trust.MessageKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a batch. No content, and nothing of a person.
 *
 * @param zip or lines of JSON
 * @param total of its bytes; absent while nobody has said it
 * @param signature over the whole batch; without it each message is signed by itself
 * @param certificates of the connection on which it became complete, each in base64, the caller's own first
 * @param changed when it last was
 * @param keptUntil for a batch that is done or refused
 * @param problem why all of it was refused, as a compact JWS
 */
record BatchFacts(
        boolean zip,
        State state,
        Optional<Long> total,
        Optional<String> signature,
        List<String> certificates,
        Key key,
        Instant changed,
        Optional<Instant> keptUntil,
        Count count,
        Optional<String> problem) {

    /** Where a batch stands. */
    enum State {
        /** Not all of it is here. */
        RECEIVING,
        /** All of it is here, on the disk; its messages travel. */
        WORKING,
        /** Each message has its receipt or its problem. */
        DONE,
        /** As a whole: none of its messages was looked at, or its content is lost. */
        REFUSED
    }

    /**
     * The batch's own key.
     *
     * @param name of the key that wraps it
     * @param wrapped in base64
     */
    record Key(String name, String wrapped) {
        static Key of(MessageKey key) {
            return new Key(key.name(), Base64.getEncoder().encodeToString(key.wrapped()));
        }
    }

    /** How many messages it has, once they were counted, and how many of them have a receipt, or a problem. */
    record Count(long messages, long accepted, long refused) {
        static final Count NONE = new Count(0, 0, 0);
    }

    BatchFacts {
        certificates = List.copyOf(certificates);
    }

    static BatchFacts begun(boolean zip, Key key, Instant at) {
        return new BatchFacts(
                zip,
                State.RECEIVING,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                key,
                at,
                Optional.empty(),
                Count.NONE,
                Optional.empty());
    }

    BatchFacts of(Optional<Long> bytes, Instant at) {
        return new BatchFacts(zip, State.RECEIVING, bytes, signature, certificates, key, at, keptUntil, count, problem);
    }

    BatchFacts working(long bytes, Optional<String> jws, List<String> chain, Instant at) {
        return new BatchFacts(
                zip, State.WORKING, Optional.of(bytes), jws, chain, key, at, keptUntil, Count.NONE, problem);
    }

    BatchFacts counted(Count now) {
        return new BatchFacts(zip, state, total, signature, certificates, key, changed, keptUntil, now, problem);
    }

    /** @param again the same key, wrapped by one that lives as long as the batch is kept */
    BatchFacts done(Key again, Instant at, Instant until) {
        return new BatchFacts(
                zip, State.DONE, total, signature, certificates, again, at, Optional.of(until), count, problem);
    }

    BatchFacts refused(String jws, Instant at, Instant until) {
        return new BatchFacts(
                zip,
                State.REFUSED,
                total,
                signature,
                certificates,
                key,
                at,
                Optional.of(until),
                count,
                Optional.of(jws));
    }

    /**
     * Where the batch stands, as it is told.
     *
     * @param received bytes of it
     */
    Map<String, Object> told(BatchId id, long received) {
        Map<String, Object> says = new LinkedHashMap<>();
        says.put("batchId", id.id().toString());
        says.put("exchange", id.exchange());
        says.put("state", state.name().toLowerCase(Locale.ROOT));
        says.put("received", received);
        total.ifPresent(bytes -> says.put("total", bytes));
        says.put("messages", count.messages());
        says.put("accepted", count.accepted());
        says.put("refused", count.refused());
        problem.ifPresent(jws -> {
            says.put("problem", Told.problem(jws));
            says.put("problemJws", jws);
        });
        return says;
    }
}
