package io.chapar.sandbox.agency;

import io.chapar.message.PartyCode;
import io.chapar.trust.Malformed;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Agencies that fetch: each goes its round again and again, on a thread of its own, while it is up. */
final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final int AGAIN_SECONDS = 2;
    private static final int FAILS_ITSELF = 500;

    /** What one agency does once. */
    @FunctionalInterface
    interface Round {

        /** @return whether to go again at once; otherwise, and after an exception, it goes again a little later */
        boolean go(Agency agency) throws IOException, Malformed, JMSException;
    }

    private final Agencies agencies;
    private final Collection<PartyCode> parties;
    private final Round round;
    private final ScheduledExecutorService clerks;

    /** @param name of the threads */
    Rounds(String name, Agencies agencies, Collection<PartyCode> parties, Round round) {
        this.agencies = agencies;
        this.parties = List.copyOf(parties);
        this.round = round;
        this.clerks = Executors.newScheduledThreadPool(Math.max(1, parties.size()), work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    void open() {
        parties.forEach(party -> later(party, 0));
    }

    boolean over() {
        return clerks.isShutdown();
    }

    /** How often it says what it has to say: not at all when its own system fails or its word gets lost. */
    static int times(Agency agency, Answer answer) {
        if (!answer.arrives() || answer.status() >= FAILS_ITSELF) {
            return 0;
        }
        return agency.mood().kind() == Mood.Kind.TWICE ? 2 : 1;
    }

    private void later(PartyCode party, int seconds) {
        try {
            var unused = clerks.schedule(() -> visit(party), seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("nobody goes a round any more", e);
        }
    }

    private void visit(PartyCode party) {
        try {
            Optional<Agency> agency = agencies.agency(party.value());
            boolean up = agency.isPresent() && agency.get().fetches();
            later(party, up && round.go(agency.get()) ? 0 : AGAIN_SECONDS);
        } catch (IOException | Malformed | JMSException | RuntimeException e) {
            LOG.debug("{} could not fetch what is its own and tries again", party, e);
            later(party, AGAIN_SECONDS);
        }
    }

    @Override
    public void close() {
        clerks.shutdownNow();
    }
}
