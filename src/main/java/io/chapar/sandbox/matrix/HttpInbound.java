package io.chapar.sandbox.matrix;

import io.chapar.message.Format;
import io.chapar.sandbox.agency.Checks;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.Mail;
import io.chapar.sandbox.post.Reply;
import io.chapar.sandbox.sample.Written;
import io.chapar.trust.Malformed;
import io.chapar.trust.Receipts;
import io.chapar.trust.SignatureRefused;
import java.io.IOException;

/** REST and SOAP. */
record HttpInbound(Form form, Mail mail, Checks checks) implements Inbound {

    private static final String RECEIPT = "application/jose";

    @Override
    public String name() {
        return switch (form) {
            case REST_JSON -> "rest json";
            case REST_XML -> "rest xml";
            case SOAP -> "soap xml";
        };
    }

    @Override
    public Format format() {
        return form == Form.REST_JSON ? Format.JSON : Format.XML;
    }

    @Override
    public Content hand(Written message) throws IOException, Malformed, SignatureRefused, NotTaken {
        Letter letter = Letters.of(
                message.draft(),
                message.document(),
                form,
                mail.signer(message.draft().sender()));
        // A party that speaks XML gets its receipt so, too.
        Letter sent = form == Form.REST_XML ? letter.accepting(Format.XML.mediaType()) : letter;
        Reply reply = mail.send(sent, System.nanoTime());
        if (!reply.accepted()) {
            throw new NotTaken("refused with " + reply.status() + " " + reply.refusal());
        }
        return told(reply).content();
    }

    private Checks.Checked told(Reply reply) throws Malformed, SignatureRefused {
        if (form == Form.SOAP) {
            return checks.envelope(reply.body());
        }
        return reply.contentType().startsWith(RECEIPT)
                ? checks.compact(reply.text(), Receipts.TYPE)
                : checks.document(reply.body(), reply.contentType(), reply.jws());
    }
}
