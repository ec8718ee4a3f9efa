package io.chapar.transform;

import io.chapar.message.Agreement;
import io.chapar.message.Agreement.Receiver;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.schema.DocumentSchema;
import io.chapar.schema.Schemas;
import io.chapar.schema.Unbindable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.saxon.s9api.SaxonApiException;
import org.xml.sax.SAXException;

/**
 * What of a document its receiver gets. The one place where the field lists of agreements are enforced, whichever form came
 * and whichever goes out: what a mapping reads was filtered before, and what it makes is held to the list again.
 */
public final class Portion {

    private final Schemas schemas;
    private final Mappings mappings;

    public Portion(Schemas schemas, Mappings mappings) {
        this.schemas = schemas;
        this.mappings = mappings;
    }

    /** @throws Refusal with {@code rule} when the mapping fails, or makes more than the agreement lists */
    public Fields of(Agreement agreement, Receiver receiver, Fields original) throws Refusal {
        Fields visible = original.shown(receiver.fields());
        Optional<Path> mapping = receiver.mapping();
        return mapping.isPresent() ? mapped(mapping.get(), agreement, receiver, visible) : visible;
    }

    /** What a receiver gets whom a correction no longer selects. */
    static Fields header(Fields original) {
        return original.shown(List.of());
    }

    /** The schema of the version that the receiver reads. */
    DocumentSchema read(Agreement agreement, Receiver receiver) throws Refusal {
        return schemas.find(new ExchangeVersion(agreement.exchange().exchange(), receiver.version()))
                .orElseThrow(() -> refused("There is no schema of the version that the receiver reads."))
                .message();
    }

    private Fields mapped(Path mapping, Agreement agreement, Receiver receiver, Fields visible) throws Refusal {
        DocumentSchema sent = schemas.of(agreement.exchange()).message();
        Fields made;
        try {
            made = read(agreement, receiver)
                    .fields(mappings.apply(mapping, handler -> sent.tell(visible, handler)))
                    .without(Fields.NONCE);
        } catch (SaxonApiException | SAXException | Unbindable e) {
            throw refused("The mapping " + mapping.getFileName() + " cannot bring it into the receiver's form.");
        }
        List<String> granted = new ArrayList<>(receiver.fields());
        granted.addAll(agreement.gatewaySets());
        Optional<String> beyond = made.beyond(granted);
        if (beyond.isPresent()) {
            throw refused("The mapping " + mapping.getFileName() + " gives " + beyond.get()
                    + ", which the agreement does not list for this receiver.");
        }
        return made;
    }

    private static Refusal refused(String detail) {
        return new Refusal(ProblemCode.RULE, detail);
    }
}
