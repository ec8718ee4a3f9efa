package io.chapar.sandbox.agency;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.post.Drafts;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Nonces;
import io.chapar.sandbox.post.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The register's answer to a birth: a number for life, told in the same conversation. Telling is tried until the gateway
 * has accepted it, with the same message id and the same bytes.
 */
public final class BirthOffice implements Effect, AutoCloseable {

    public static final PartyCode REGISTER = new PartyCode("SPR");

    private static final Logger LOG = LoggerFactory.getLogger(BirthOffice.class);
    private static final String BIRTH = "birth-notification";
    private static final int AGAIN_SECONDS = 2;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    private final NumberBook book;
    private final Mail mail;
    private final Clock clock;
    private final ScheduledExecutorService clerk;

    public BirthOffice(Path folder, Mail mail, Clock clock) {
        this.book = new NumberBook(folder);
        this.mail = mail;
        this.clock = clock;
        this.clerk = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "sandbox-birth-office");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Tells what a crash kept it from telling. */
    public void open() {
        later(0);
    }

    @Override
    public void of(UUID deliveryId, Content content) {
        if (!content.exchange().equals(BIRTH) || !first(content) || book.knows(deliveryId)) {
            return;
        }
        NumberBook.Given given = new NumberBook.Given(
                deliveryId,
                content.messageId(),
                content.conversationId(),
                book.place(),
                UUID.randomUUID(),
                Nonces.next(),
                clock.instant());
        if (book.give(given)) {
            later(0);
        }
    }

    /** A correction is about a child that has its number, a withdrawal about one that needs none. */
    private static boolean first(Content content) {
        return content.text("/header/action")
                .filter(action -> !action.equals("new"))
                .isEmpty();
    }

    private void later(int seconds) {
        try {
            var unused = clerk.schedule(this::tell, seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the birth office is closed; it tells the rest after the next start", e);
        }
    }

    private void tell() {
        List<NumberBook.Given> untold = book.untold();
        for (NumberBook.Given given : untold) {
            if (!told(given)) {
                later(AGAIN_SECONDS);
                return;
            }
        }
    }

    private boolean told(NumberBook.Given given) {
        Letter letter = Letters.of(
                Drafts.numberAssigned(
                        given.messageId(),
                        given.conversationId(),
                        given.birthMessageId(),
                        given.place(),
                        given.nonce(),
                        given.at()),
                Form.REST_JSON,
                mail.signer(REGISTER));
        try {
            Reply reply = mail.send(letter, System.nanoTime());
            if (reply.status() == TOO_MANY || reply.status() >= SERVER) {
                return false;
            }
            if (!reply.accepted()) {
                LOG.warn("The number of message {} was refused: {}", given.messageId(), reply.refusal());
            }
            book.told(given);
            return true;
        } catch (IOException e) {
            LOG.debug("the gateway cannot be reached; the birth office tries again", e);
            return false;
        }
    }

    @Override
    public void close() {
        clerk.shutdownNow();
        book.close();
    }
}
