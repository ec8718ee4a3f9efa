package io.chapar.deliver;

import io.chapar.message.Agreement;
import io.chapar.message.Digest;
import io.chapar.message.Fields;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Signer;
import io.chapar.message.Stage;
import io.chapar.record.NotRecorded;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.Entitled;
import io.chapar.schema.Schemas;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider while the caller waits, and answers with what the provider signed, less what the caller may not
 * see. A provider that does not answer costs its callers a quick no.
 */
public final class Ask implements Stage<Passage.Authorised, Passage.Answered> {

    private static final Logger LOG = LoggerFactory.getLogger(Ask.class);

    /** What the record keeps of questions; each call returns when that is durable. */
    public interface Questions {

        void ask(Passage.Authorised question) throws Refusal;

        void answered(Passage.Authorised question, Digest answerDigest, byte[] providerProof, boolean found);

        void unanswered(Passage.Authorised question, String reason);
    }

    private final Questions record;
    private final PartyDirectory parties;
    private final Schemas schemas;
    private final Signer signer;
    private final Provider provider;

    public Ask(Questions record, PartyDirectory parties, Schemas schemas, Signer signer, Provider provider) {
        this.record = record;
        this.parties = parties;
        this.schemas = schemas;
        this.signer = signer;
        this.provider = provider;
    }

    /** @throws Refusal {@code query-repeated}, {@code id-reused}, {@code not-durable} or {@code provider-unavailable} */
    @Override
    public Passage.Answered apply(Passage.Authorised question) throws Refusal {
        record.ask(question);
        Provider.Answer answer;
        try {
            answer = asked(question);
        } catch (ChannelFailure failure) {
            LOG.warn(
                    "a question was not answered, exchange={} traceId={}: {}",
                    question.header().exchange(),
                    question.arrived().traceId(),
                    failure.getMessage());
            unanswered(question, String.valueOf(failure.getMessage()));
            throw unavailable("The provider of this exchange gave no valid answer.");
        }
        boolean found =
                answer.fields().at("/found").filter(Boolean.TRUE::equals).isPresent();
        Passage.Answered answered = shown(question, answer.fields());
        try {
            record.answered(question, answer.digest(), answer.proof(), found);
        } catch (NotRecorded e) {
            throw unavailable("The answer could not be recorded, and is not told therefore.");
        }
        return answered;
    }

    private Provider.Answer asked(Passage.Authorised question) throws ChannelFailure {
        Agreement.Receiver receiver = question.receivers().get(0);
        Optional<Party> party = parties.party(receiver.party());
        return provider.answer(
                question,
                party.orElseThrow(() -> new ChannelFailure("the party directory does not know the provider")));
    }

    private void unanswered(Passage.Authorised question, String reason) throws Refusal {
        try {
            record.unanswered(question, reason);
        } catch (NotRecorded e) {
            throw unavailable("No answer came, and that could not be recorded.");
        }
    }

    private Passage.Answered shown(Passage.Authorised question, Fields answer) {
        Party caller = question.validated().party();
        Fields visible = Entitled.visible(question.agreement(), caller, answer);
        DocumentSchema schema = schemas.of(question.agreement().exchange())
                .answer()
                .orElseThrow(() -> new IllegalStateException("a query without a schema of its answer"));
        Passage.Arrived arrived = question.arrived();
        Format format = arrived.answerForm();
        byte[] document;
        Optional<String> signature = Optional.empty();
        if (arrived.door() == Passage.Door.SOAP) {
            // The door signs the whole envelope.
            format = Format.XML;
            document = schema.xml(visible);
        } else if (format == Format.XML) {
            document = signer.xml(schema.xml(visible));
        } else {
            document = schema.json(visible);
            signature = Optional.of(signer.detachedJws(document));
        }
        return new Passage.Answered(arrived, question.header().messageId(), format, document, signature);
    }

    /** Whatever failed after the question was recorded: its id is taken, so only a new one can be asked. */
    private static Refusal unavailable(String detail) {
        return new Refusal(ProblemCode.PROVIDER_UNAVAILABLE, detail);
    }
}
