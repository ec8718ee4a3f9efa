package io.chapar.sandbox.sample;

import io.chapar.message.Digest;
import io.chapar.message.Format;
import io.chapar.sandbox.post.Draft;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;

/**
 * A message that nobody sent yet, unsigned.
 *
 * @param draft whose message it is, and what goes along; its content is the document
 */
public record Written(Draft draft, Format format, byte[] document) {

    /** What receipts and answers must name: of JSON the bytes, of XML the canonical form. */
    public Digest digest() throws Malformed {
        return Digest.of(format == Format.JSON ? document : HardenedXml.canonical(HardenedXml.parse(document)));
    }
}
