package io.chapar.app.door;

import io.chapar.deliver.Halted;
import io.chapar.message.Digest;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.record.NotRecorded;
import io.chapar.trust.KeyUnavailable;
import io.chapar.trust.PayloadKeys;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * What a sender is told when something fails that should not. While the record or the token with our keys is away, or the
 * process at its end, the same message helps later. Anything else is a defect of ours: it may pass, so the message is tried a few times; then its
 * sender is told that it is this message, and nothing waits behind it any more.
 */
public final class Defects {

    /** So often one message is tried on this node. */
    public static final int TRIES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Defects.class);
    private static final Marker DEFECT = MarkerFactory.getMarker("DEFECT");
    private static final int REMEMBERED = 1_000;
    private static final int PLACES = 12;

    private final Predicate<String> exchanges;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Digest, Integer> tries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param exchanges that exist: any other name is a sender's own word, and is not logged */
    public Defects(Predicate<String> exchanges) {
        this.exchanges = exchanges;
    }

    /** @param last how far the message came */
    public Problem problem(Passage last, Throwable failure) {
        Passage.Arrived arrived = last.arrived();
        if (passes(failure)) {
            LOG.warn("nothing can be recorded now, traceId={}: {}", arrived.traceId(), failure.getMessage());
            return Problem.of(
                    ProblemCode.NOT_DURABLE,
                    has(failure, KeyUnavailable.class) ? Replies.NO_KEY : "The record cannot be reached.");
        }
        int tried = tried(document(last));
        LOG.error(
                DEFECT,
                "a defect at one message, exchange={} door={} traceId={} try={}: {}",
                exchanges.test(arrived.exchange()) ? arrived.exchange() : "none",
                arrived.door(),
                arrived.traceId(),
                tried,
                place(failure));
        return tried < TRIES
                ? Problem.of(ProblemCode.NOT_DURABLE, "The gateway could not finish its work on this message.")
                : Problem.of(ProblemCode.UNPROCESSABLE, "The gateway failed at this message " + TRIES + " times.");
    }

    private int tried(byte[] document) {
        if (document.length == 0) {
            // It was not read yet, so nobody can tell it from others.
            return 1;
        }
        lock.lock();
        try {
            return tries.merge(Digest.of(document), 1, (before, one) -> Math.min(before + one, TRIES));
        } finally {
            lock.unlock();
        }
    }

    private static byte[] document(Passage last) {
        if (last instanceof Passage.Accepted accepted) {
            return accepted.document();
        }
        if (last instanceof Passage.Authenticated authenticated) {
            return authenticated.accepted().document();
        }
        if (last instanceof Passage.Verified verified) {
            return verified.authenticated().accepted().document();
        }
        if (last instanceof Passage.Validated validated) {
            return document(validated.verified());
        }
        return last instanceof Passage.Authorised authorised
                ? document(authorised.validated())
                : last.arrived().body();
    }

    private static boolean passes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean ofTheProcess = cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError);
            boolean ofTheDisk = cause instanceof NotRecorded || cause instanceof PayloadKeys.KeyNotMade;
            boolean ofTheToken = cause instanceof KeyUnavailable;
            if (ofTheDisk || ofTheToken || cause instanceof Halted || ofTheProcess) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Of its first cause, classes and places only: what an exception says could be what the document says. */
    public static String place(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first.getClass().getName()
                + Arrays.stream(first.getStackTrace())
                        .limit(PLACES)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < ", " at ", ""));
    }
}
