package io.chapar.transform;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.Catalogue;
import io.chapar.message.Dispatch;
import io.chapar.message.Fields;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyDirectory;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.RecordedDocument;
import io.chapar.schema.Schemas;
import io.chapar.trust.Malformed;
import java.util.Optional;

/** Gives a receiver what it may see, in its format, version and mapping. */
public final class Transform implements Stage<Dispatch.Due, Dispatch.Transformed> {

    private static final String ACTION = "/header/action";

    private final Catalogue catalogue;
    private final Schemas schemas;
    private final Portion portion;
    private final PartyDirectory parties;

    public Transform(Catalogue catalogue, Schemas schemas, Mappings mappings, PartyDirectory parties) {
        this.catalogue = catalogue;
        this.schemas = schemas;
        this.portion = new Portion(schemas, mappings);
        this.parties = parties;
    }

    /** @throws Refusal with {@code rule} when it cannot be brought into the receiver's form; the delivery is then parked */
    @Override
    public Dispatch.Transformed apply(Dispatch.Due due) throws Refusal {
        Agreement agreement = catalogue
                .agreement(due.exchange())
                .orElseThrow(() -> impossible("There is no agreement any more on the version that was accepted."));
        Receiver receiver = agreement.receivers().stream()
                .filter(named -> named.party().equals(due.receiver()))
                .findFirst()
                .orElseThrow(() -> impossible("The agreement does not name this receiver any more."));
        DocumentSchema schema = schemas.of(due.exchange()).message();
        Fields original = original(due, schema);
        Fields given =
                onlyHeader(receiver, original) ? Portion.header(original) : portion.of(agreement, receiver, original);
        DocumentSchema read = portion.read(agreement, receiver);
        Format format = format(receiver);
        byte[] document = format == Format.XML ? read.xml(given) : read.json(given);
        return new Dispatch.Transformed(due, format, document);
    }

    /** SOAP carries XML, whatever the agreement says: which channel a party has is its own choice, made elsewhere. */
    private Format format(Receiver receiver) {
        return parties.party(receiver.party())
                .filter(party -> party.channel() == Party.Channel.SOAP)
                .map(party -> Format.XML)
                .orElse(receiver.format());
    }

    private static Fields original(Dispatch.Due due, DocumentSchema schema) throws Refusal {
        try {
            return RecordedDocument.fields(schema, due.door(), due.format(), due.document());
        } catch (Malformed e) {
            throw impossible("The record's copy of the message cannot be read.");
        }
    }

    /**
     * A correction also goes to who received what it corrects, though its content no longer selects that receiver: it
     * learns from the header which message does not hold any more, and nothing of what is none of its business now.
     */
    private static boolean onlyHeader(Receiver receiver, Fields original) {
        return !original.text(ACTION).equals(Optional.of("new"))
                && !receiver.when().map(condition -> condition.holds(original)).orElse(true);
    }

    private static Refusal impossible(String detail) {
        return new Refusal(ProblemCode.RULE, detail);
    }
}
