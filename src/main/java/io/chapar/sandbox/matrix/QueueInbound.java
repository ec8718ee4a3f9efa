package io.chapar.sandbox.matrix;

import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Checks;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.agency.QueueWriters;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.sample.Written;
import io.chapar.trust.Malformed;
import io.chapar.trust.Receipts;
import io.chapar.trust.SignatureRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;

/** AMQP. */
record QueueInbound(Form form, Mail mail, QueueWriters writers, Checks checks) implements Inbound {

    @Override
    public String name() {
        return form == Form.REST_JSON ? "queue json" : "queue xml";
    }

    @Override
    public Format format() {
        return form == Form.REST_JSON ? Format.JSON : Format.XML;
    }

    @Override
    public Content hand(Written message) throws IOException, Malformed, SignatureRefused, NotTaken {
        PartyCode sender = message.draft().sender();
        Letter letter = Letters.of(message.draft(), message.document(), form, mail.signer(sender));
        QueueWriters.Told told = told(letter);
        String text = new String(told.body(), StandardCharsets.UTF_8);
        boolean xml = text.startsWith("<");
        return switch (told.kind()) {
            case "receipt" ->
                (xml
                                ? checks.document(told.body(), Format.XML.mediaType(), told.jws())
                                : checks.compact(text, Receipts.TYPE))
                        .content();
            case "answer" ->
                checks.document(told.body(), (xml ? Format.XML : Format.JSON).mediaType(), told.jws())
                        .content();
            default -> throw new NotTaken("answered with a " + told.kind() + ": " + text);
        };
    }

    private QueueWriters.Told told(Letter letter) throws IOException, NotTaken {
        try {
            return writers.write(letter);
        } catch (TimeoutException e) {
            throw new NotTaken("no answer in the queue of " + letter.carrier());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
