package io.chapar.schema;

import io.chapar.message.Fields;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;

/** A document as the record keeps it: its signature was verified when it was accepted, and it is unaltered since. */
public final class RecordedDocument {

    private RecordedDocument() {}

    /** @throws Malformed when the record's copy cannot be read any more */
    public static Fields fields(DocumentSchema schema, Passage.Door door, Format format, byte[] bytes)
            throws Malformed {
        if (format == Format.JSON) {
            return schema.fields(HardenedJson.parse(bytes));
        }
        return schema.fields(door == Passage.Door.SOAP ? EnvelopeSignatures.content(bytes) : HardenedXml.parse(bytes));
    }
}
