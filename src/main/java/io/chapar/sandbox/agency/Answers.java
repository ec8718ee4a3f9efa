package io.chapar.sandbox.agency;

import io.chapar.message.Digest;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import io.chapar.message.Signer;
import io.chapar.sandbox.post.Documents;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Drafts;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import io.chapar.trust.SignatureRefused;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** A provider's answers to questions, from its register, signed, in the form in which it was asked. */
final class Answers {

    private final PartyCode provider;
    private final Signer signer;
    private final Checks checks;
    private final Clock clock;
    private final Register register;

    Answers(PartyCode provider, Signer signer, Checks checks, Register register, Clock clock) {
        this.provider = provider;
        this.signer = signer;
        this.checks = checks;
        this.register = register;
        this.clock = clock;
    }

    Answer answer(Delivery question, Mood mood) {
        switch (mood.kind()) {
            case DOWN, SILENT -> {
                return Answer.NOTHING;
            }
            case REFUSE, QUOTE, ERROR -> {
                return refusal(mood.kind() == Mood.Kind.ERROR ? 500 : 422, "told-to-misbehave");
            }
            case UP, WRONG_DIGEST, BAD_SIGNATURE, REFUSE_ONCE, CUT, TWICE, NOTE -> {
                try {
                    Answer answer = write(question, mood.kind());
                    return mood.kind() == Mood.Kind.CUT ? answer.broken() : answer;
                } catch (Malformed e) {
                    return refusal(400, "malformed");
                } catch (SignatureRefused e) {
                    return refusal(400, "signature-invalid");
                } catch (IllegalArgumentException e) {
                    return refusal(400, "incomplete");
                }
            }
        }
        throw new IllegalStateException("a mood without behaviour: " + mood);
    }

    private Answer write(Delivery question, Mood.Kind kind) throws Malformed, SignatureRefused {
        Checks.Checked asked = question.soap()
                ? checks.envelope(question.payload())
                : checks.document(question.payload(), question.contentType(), question.jws());
        Content content = asked.content();
        Optional<Map<String, Object>> found = register.find(content);
        String digest = kind == Mood.Kind.WRONG_DIGEST
                ? Digest.of(new byte[0]).value()
                : question.originalDigest().orElse(asked.digest().value());
        Draft draft = Drafts.answer(
                new ExchangeVersion(content.exchange(), content.must("/header/version")),
                provider,
                content.conversationId(),
                digest,
                found,
                clock.instant());
        boolean forged = kind == Mood.Kind.BAD_SIGNATURE;
        if (!question.soap() && question.contentType().startsWith("application/json")) {
            byte[] json = HardenedJson.write(draft.content());
            byte[] signed = forged ? new byte[] {'{', '}'} : json;
            return new Answer(200, "application/json", json, Optional.of(signer.detachedJws(signed)));
        }
        String root = Documents.root(draft.exchange().exchange()) + "Answer";
        byte[] xml = Documents.xml(root, draft.exchange().namespace(), draft.content());
        byte[] signed = question.soap() ? signer.envelope(xml, question.soap12()) : signer.xml(xml);
        if (forged) {
            signed = xml;
        }
        return new Answer(
                200, question.soap() ? "text/xml; charset=utf-8" : "application/xml", signed, Optional.empty());
    }

    private static Answer refusal(int status, String refusal) {
        return Answer.json(status, HardenedJson.write(Map.of("code", refusal)));
    }
}
