package io.chapar.attacks;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.message.Agreement;
import io.chapar.message.Format;
import io.chapar.message.Refusal;
import io.chapar.sandbox.sample.Sample;
import io.chapar.trust.TestPki;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A sample of an exchange as its sender signs it.
 *
 * @param jws detached, for JSON
 */
record SignedSample(Sample sample, Form form, byte[] body, Optional<String> jws) {

    /** Every sample of every exchange, each of which is verified by the stages. */
    static List<SignedSample> all(Stages stages, Form form) throws Exception {
        List<SignedSample> all = new ArrayList<>();
        for (Agreement agreement : RealFiles.CATALOGUE.all()) {
            for (Sample sample : Sample.of(agreement, Path.of("schemas"))) {
                SignedSample signed = signed(stages, form, sample);
                signed.verified(stages);
                all.add(signed);
            }
        }
        return all;
    }

    private static SignedSample signed(Stages stages, Form form, Sample sample) throws Exception {
        byte[] document = sample.fresh(form.isXml() ? Format.XML : Format.JSON, TestPki.NOW)
                .document();
        Author sender = stages.signer(sample.sender());
        Optional<String> jws =
                form == Form.JSON ? Optional.of(sender.signer().detachedJws(document)) : Optional.empty();
        String text = Original.signed(form, sender, new String(document, UTF_8));
        return new SignedSample(sample, form, text.getBytes(UTF_8), jws);
    }

    /** The same signature, and another message id under it. */
    SignedSample altered() {
        return new SignedSample(sample, form, otherId(body), jws);
    }

    static byte[] otherId(byte[] document) {
        String text = new String(document, UTF_8);
        String other = text.replaceFirst("(<messageId>|\"messageId\"\\s*:\\s*\")....", "$1AAAA");
        if (other.equals(text)) {
            throw new IllegalArgumentException("a document without a messageId");
        }
        return other.getBytes(UTF_8);
    }

    /** @throws Refusal when the stages do not take its signature */
    void verified(Stages stages) throws Refusal {
        Attack none = new Attack("", "none", form.mediaType(), body, jws, Set.of(), true);
        stages.verified(sample.agreement(), sample.sender(), form, none);
    }
}
