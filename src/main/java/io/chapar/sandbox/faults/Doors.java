package io.chapar.sandbox.faults;

import io.chapar.message.Format;
import io.chapar.sandbox.agency.Checks;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.agency.QueueWriters;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Reply;
import io.chapar.trust.Malformed;
import io.chapar.trust.Receipts;
import io.chapar.trust.SignatureRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;

/** Hands a letter to the gateway once, and verifies what comes back: signature, signer, and that it is about this letter. */
record Doors(Mail mail, QueueWriters queues, Checks checks) {

    private static final int ACCEPTED = 202;
    /** What the gateway said. */
    sealed interface Said permits Receipt, Later {}

    /**
     * It is accepted.
     *
     * @param before whether the gateway says that it had accepted it earlier; a queue does not say so
     */
    record Receipt(String id, byte[] bytes, boolean before) implements Said {}

    /** Nothing was accepted, and the same may be sent again. */
    record Later(String code) implements Said {}

    /** @throws IOException when it is not known whether it was accepted */
    Said hand(Letter letter, Way way) throws IOException, InterruptedException {
        try {
            return way.queue() ? byQueue(letter) : byHttp(letter, way);
        } catch (Malformed | SignatureRefused | IllegalArgumentException e) {
            throw new BrokenPromise(letter + " got something that is no receipt: " + e.getMessage());
        }
    }

    private Said byHttp(Letter letter, Way way) throws IOException, Malformed, SignatureRefused {
        Reply reply = mail.connection(letter.carrier()).send(letter);
        if (reply.later()) {
            return new Later(reply.refusal());
        }
        if (!reply.accepted()) {
            throw new BrokenPromise(letter.exchange() + " " + letter.messageId() + " was answered with "
                    + reply.status() + " " + reply.refusal());
        }
        Checks.Checked told =
                way == Way.SOAP ? checks.envelope(reply.body()) : checks.compact(reply.text(), Receipts.TYPE);
        // In SOAP it is always 200: the receipt's place is in the answer of a call that succeeded.
        return receipt(letter, told.content(), reply.body(), reply.status() != ACCEPTED && way != Way.SOAP);
    }

    private Said byQueue(Letter letter) throws IOException, InterruptedException, Malformed, SignatureRefused {
        QueueWriters.Told told;
        try {
            told = queues.write(letter);
        } catch (TimeoutException e) {
            throw new IOException("no answer in the queue of " + letter.carrier(), e);
        }
        String text = new String(told.body(), StandardCharsets.UTF_8);
        if (!told.kind().equals("receipt")) {
            throw new BrokenPromise(
                    letter.exchange() + " " + letter.messageId() + " was answered with a " + told.kind() + ": " + text);
        }
        Checks.Checked checked = text.startsWith("<")
                ? checks.document(told.body(), Format.XML.mediaType(), told.jws())
                : checks.compact(text, Receipts.TYPE);
        return receipt(letter, checked.content(), told.body(), false);
    }

    private static Receipt receipt(Letter letter, Content told, byte[] bytes, boolean before) {
        if (!told.must("/messageId").equals(letter.messageId().toString())) {
            throw new BrokenPromise(letter.messageId() + " got the receipt of " + told.must("/messageId"));
        }
        return new Receipt(told.must("/receiptId"), bytes, before);
    }
}
