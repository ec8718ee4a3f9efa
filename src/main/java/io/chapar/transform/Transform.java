package io.chapar.transform;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.Catalogue;
import io.chapar.message.Dispatch;
import io.chapar.message.ExchangeVersion;
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
import io.chapar.schema.Unbindable;
import io.chapar.trust.Malformed;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.sf.saxon.s9api.SaxonApiException;
import org.xml.sax.SAXException;

/** Gives a receiver what it may see, in its format, version and mapping. */
public final class Transform implements Stage<Dispatch.Due, Dispatch.Transformed> {

    /** Given to no receiver, so that digests reveal nothing. */
    private static final String ACTION = "/header/action";

    private final Catalogue catalogue;
    private final Schemas schemas;
    private final Mappings mappings;
    private final PartyDirectory parties;

    public Transform(Catalogue catalogue, Schemas schemas, Mappings mappings, PartyDirectory parties) {
        this.catalogue = catalogue;
        this.schemas = schemas;
        this.mappings = mappings;
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
        boolean onlyHeader = onlyHeader(receiver, original);
        Fields visible = original.shown(onlyHeader ? List.of() : receiver.fields());
        DocumentSchema read = schemas.find(new ExchangeVersion(due.exchange().exchange(), receiver.version()))
                .orElseThrow(() -> impossible("There is no schema of the version that the receiver reads."))
                .message();
        Fields mapped = receiver.mapping().isPresent() && !onlyHeader
                ? mapped(receiver.mapping().get(), schema, visible, read)
                : visible;
        Format format = format(receiver);
        byte[] document = format == Format.XML ? read.xml(mapped) : read.json(mapped);
        return new Dispatch.Transformed(due, format, document);
    }

    /** SOAP carries XML, whatever the agreement says: which channel a party has is its own choice, made elsewhere. */
    private Format format(Receiver receiver) {
        return parties.party(receiver.party())
                .filter(party -> party.channel() == Party.Channel.SOAP)
                .map(party -> Format.XML)
                .orElse(receiver.format());
    }

    private Fields mapped(Path mapping, DocumentSchema schema, Fields visible, DocumentSchema read) throws Refusal {
        try {
            return read.fields(mappings.apply(mapping, handler -> schema.tell(visible, handler)))
                    .without(Fields.NONCE);
        } catch (SaxonApiException | SAXException | Unbindable e) {
            throw impossible("The mapping " + mapping.getFileName() + " cannot bring it into the receiver's form.");
        }
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
