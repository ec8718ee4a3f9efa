package io.chapar.trust;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the responder of one authority said, and is asked again in the background before that lapses. Whoever wants to know
 * waits at most once for a certificate, for the first answer, and never long; who comes while the responder fails does
 * not wait at all.
 */
final class OcspResponder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OcspResponder.class);

    /** Certificates of one authority; what was not asked for longest is forgotten first. */
    static final int MOST_KNOWN = 4_096;

    private static final int THREADS = 4;

    /** So many questions wait, and so many callers may wait for them. */
    private static final int MOST_WAITING = 32;

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final X509Certificate issuer;
    private final Line line;
    private final OcspAnswers answers;
    private final OcspTimes times;
    private final Clock clock;
    private final Runnable changed;
    private final ThreadPoolExecutor threads;
    private final Map<BigInteger, OcspKnown> known = new LinkedHashMap<>(16, 0.75f, true);
    private boolean failing;

    /** To the responder. */
    @FunctionalInterface
    interface Line {

        /** @throws IOException when no complete answer came in time */
        byte[] ask(byte[] request) throws IOException, InterruptedException;
    }

    /** @param changed told whenever something else is known of a certificate than before */
    OcspResponder(
            X509Certificate issuer, Line line, OcspAnswers answers, OcspTimes times, Clock clock, Runnable changed) {
        this.issuer = issuer;
        this.line = line;
        this.answers = answers;
        this.times = times;
        this.clock = clock;
        this.changed = changed;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "chapar-ocsp");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** How it stands, as far as an answer says that is not too old. */
    Optional<CertificateStatus> statusOf(X509Certificate certificate) {
        CompletableFuture<@Nullable Void> first;
        synchronized (this) {
            OcspKnown one = of(certificate);
            Instant now = clock.instant();
            one.used = now;
            if (one.isDue(now)) {
                ask(one);
            }
            Optional<CertificateStatus> status = one.status(now, times.grace());
            first = one.coming;
            if (status.isPresent() || first == null || one.failures > 0) {
                return status;
            }
        }
        awaitFirst(first);
        synchronized (this) {
            return of(certificate).status(clock.instant(), times.grace());
        }
    }

    /** Asks about those in use whose answers grow old, and tells when one is not relied on any more. */
    synchronized void renew() {
        Instant now = clock.instant();
        boolean lapsed = false;
        for (OcspKnown one : known.values()) {
            lapsed |= one.lapses(now, times.grace());
        }
        if (lapsed) {
            changed.run();
        }
        Instant inUse = now.minus(times.every()).minus(times.every());
        known.values().stream()
                .filter(one -> one.isDue(now) && one.used.isAfter(inUse))
                .forEach(this::ask);
    }

    private OcspKnown of(X509Certificate certificate) {
        OcspKnown one = known.computeIfAbsent(certificate.getSerialNumber(), serial -> new OcspKnown(certificate));
        if (known.size() > MOST_KNOWN) {
            Iterator<OcspKnown> eldest = known.values().iterator();
            eldest.next();
            eldest.remove();
        }
        return one;
    }

    private void awaitFirst(CompletableFuture<@Nullable Void> first) {
        try {
            first.get(times.longestWait().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("The first answer about a certificate does not come in time, and is not waited for", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("it is completed with nothing", e);
        }
    }

    private synchronized void ask(OcspKnown one) {
        CompletableFuture<@Nullable Void> coming = new CompletableFuture<>();
        one.coming = coming;
        try {
            threads.execute(() -> {
                try {
                    learn(one);
                } finally {
                    coming.complete(null);
                }
            });
        } catch (RejectedExecutionException e) {
            coming.complete(null);
            failed(one, "more than " + MOST_WAITING + " questions wait for it");
        }
    }

    private void learn(OcspKnown one) {
        OcspAnswers.Question question = answers.question(one.certificate, issuer);
        try {
            learned(one, answers.accept(question, line.ask(answers.request(question))));
        } catch (IOException | OcspRefused | RuntimeException e) {
            failed(one, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(one, "interrupted");
        }
    }

    private synchronized void learned(OcspKnown one, OcspAnswer answer) {
        Instant now = clock.instant();
        Optional<CertificateStatus> before = one.status(now, times.grace());
        // Of several machines behind one address, some may be behind the others.
        if (one.answer == null || !answer.thisUpdate().isBefore(one.answer.thisUpdate())) {
            one.answer = answer;
        }
        one.coming = null;
        one.failures = 0;
        one.askAgain = now.plus(pause(answer, now));
        if (!before.equals(one.status(now, times.grace()))) {
            changed.run();
        }
        if (failing) {
            failing = false;
            LOG.info("The OCSP responder of {} answers again", issuer.getSubjectX500Principal());
        }
    }

    /** Who is not known today may have been certified just now. */
    private Duration pause(OcspAnswer answer, Instant now) {
        Duration usual = answer.status() == CertificateStatus.UNTRUSTED ? LONGEST_PAUSE : times.every();
        Duration half = Duration.between(now, answer.nextUpdate()).dividedBy(2);
        Duration pause = half.compareTo(usual) < 0 ? half : usual;
        return pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
    }

    private synchronized void failed(OcspKnown one, String reason) {
        one.coming = null;
        one.failures = Math.min(one.failures + 1, Integer.SIZE);
        Duration doubled = SHORTEST_PAUSE.multipliedBy(1L << (one.failures - 1));
        one.askAgain = clock.instant().plus(doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
        if (!failing) {
            failing = true;
            LOG.warn(
                    "The OCSP responder of {} gives no answer that counts; what it said before stays in force until it is"
                            + " too old: {}",
                    issuer.getSubjectX500Principal(),
                    reason);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
