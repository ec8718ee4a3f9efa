package io.chapar.sandbox.load;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.play.Mistake;
import io.chapar.sandbox.play.Step;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.GatewayConnection;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that must all be refused, sent as fast as answers come: by an agency that makes every mistake there is, by one
 * that nothing was agreed with, and by strangers, also where nothing is. Each connection sends its next when it has the answer to the one before;
 * a few strangers connect anew each time and wait for no answer.
 */
final class RefusedMail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedMail.class);
    private static final List<Mistake> MISTAKES = List.of(
            Mistake.BAD_SIGNATURE, Mistake.WRONG_SIGNER, Mistake.SCHEMA, Mistake.UNKNOWN_EXCHANGE, Mistake.NOT_AGREED);

    /** Of each mistake in each form: enough that no two connections send the same bytes in the same moment. */
    private static final int EACH = 8;

    private static final int FLEETING = 4;
    private static final PartyCode STRANGER = new PartyCode("NOBODY");
    private static final long SEED = 129;

    private final Mail mail;
    private final GatewayConnection strangers;
    private final List<Letter> letters;
    private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final LongAdder accepted = new LongAdder();
    private final ExecutorService senders;
    private volatile boolean over;

    /**
     * Written and signed beforehand: what is refused can be sent again and again.
     *
     * @param mail of the agencies, with room for this many connections
     * @param strangers connections that show no certificate; closed together with this
     * @param fleeting connects anew each time
     * @param drafts of messages that would be accepted
     */
    RefusedMail(
            Mail mail,
            GatewayConnection strangers,
            FleetingStranger fleeting,
            int connections,
            Supplier<Draft> drafts) {
        this.mail = mail;
        this.strangers = strangers;
        this.letters = letters(mail, drafts);
        this.senders = Executors.newFixedThreadPool(connections + FLEETING);
        for (int i = 0; i < FLEETING; i++) {
            senders.execute(() -> callWith(fleeting));
        }
        for (int i = 0; i < connections; i++) {
            int first = i;
            senders.execute(() -> sendFrom(first));
        }
    }

    private static List<Letter> letters(Mail mail, Supplier<Draft> drafts) {
        List<Letter> all = new ArrayList<>();
        for (Form form : Form.values()) {
            for (int i = 0; i < EACH; i++) {
                for (Mistake mistake : MISTAKES) {
                    all.addAll(new Step(drafts.get(), form, mistake).letters(mail));
                }
                Letter whole =
                        new Step(drafts.get(), form, Mistake.NONE).letters(mail).get(0);
                all.add(whole.with(Arrays.copyOf(whole.body(), whole.body().length / 2)));
                all.add(whole.carriedBy(STRANGER));
                all.add(whole.at("/api/v1/nothing-is-here").carriedBy(STRANGER));
            }
        }
        Collections.shuffle(all, new Random(SEED));
        return List.copyOf(all);
    }

    private void sendFrom(int first) {
        int next = first;
        while (!over) {
            Letter letter = letters.get(next % letters.size());
            next++;
            try {
                count(
                        letter.carrier().equals(STRANGER)
                                ? strangers.send(letter)
                                : mail.connection(letter.carrier()).send(letter));
            } catch (IOException e) {
                LOG.debug("no answer", e);
                count("no answer");
            }
        }
    }

    private void callWith(FleetingStranger fleeting) {
        while (!over) {
            try {
                fleeting.call();
                count("nothing, since it hung up");
            } catch (IOException e) {
                LOG.debug("turned away", e);
                count("nothing, and turned away");
            }
        }
    }

    private void count(Reply reply) {
        if (reply.accepted()) {
            accepted.increment();
        }
        count(reply.status() + " " + reply.refusal());
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, fresh -> new LongAdder()).increment();
    }

    /** How many, by status and code. */
    Map<String, LongAdder> answers() {
        return answers;
    }

    /** Of which there must be none. */
    long accepted() {
        return accepted.sum();
    }

    /** Returns when the last has its answer. */
    @Override
    public void close() throws IOException {
        over = true;
        senders.shutdown();
        try {
            if (!senders.awaitTermination(2, TimeUnit.MINUTES)) {
                throw new IOException("some who sent what is refused have no answer after two minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            senders.shutdownNow();
            strangers.close();
        }
    }
}
