package io.chapar.accept;

import io.chapar.message.Catalogue;
import io.chapar.message.Format;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage.Accepted;
import io.chapar.message.Passage.Arrived;
import io.chapar.message.Passage.Authenticated;
import io.chapar.message.Passage.Door;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;
import io.chapar.record.AttachmentStore;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a message is readable in principle: its exchange exists, its size is within limits, its type is known. The files
 * of a multipart go into the store while they are read. Of whoever is no party nothing is read, and whoever is not relied on
 * now hears that alone: neither learns here which exchanges there are.
 */
public final class Accept implements Stage<Arrived, Accepted> {

    private static final Set<String> XML = Set.of("application/xml", "text/xml");
    private static final Set<String> ENVELOPES = Set.of("text/xml", "application/soap+xml", "application/xop+xml");
    private static final String JSON = "application/json";

    private final Catalogue catalogue;
    private final PartyDirectory parties;
    private final long maximumBytes;
    private final AttachmentLimits limits;
    private final AttachmentStore store;
    private final Stage<Accepted, Authenticated> authenticate;

    /**
     * @param maximumBytes of a body that is held in memory
     * @param authenticate is asked here only about the sender of what is refused
     */
    public Accept(
            Catalogue catalogue,
            PartyDirectory parties,
            long maximumBytes,
            AttachmentLimits limits,
            AttachmentStore store,
            Stage<Accepted, Authenticated> authenticate) {
        this.catalogue = catalogue;
        this.parties = parties;
        this.maximumBytes = maximumBytes;
        this.limits = limits;
        this.store = store;
        this.authenticate = authenticate;
    }

    @Override
    public Accepted apply(Arrived arrived) throws Refusal {
        if (!isParty(arrived)) {
            return unread(arrived); // the next stage refuses it
        }
        try {
            return read(arrived);
        } catch (Refusal refusal) {
            Authenticated unused = authenticate.apply(unread(arrived));
            throw refusal;
        }
    }

    private Accepted read(Arrived arrived) throws Refusal {
        if (!catalogue.knows(arrived.exchange())) {
            throw new Refusal(ProblemCode.UNKNOWN_EXCHANGE, "The address names an exchange that does not exist.");
        }
        if (arrived.body().length > maximumBytes) {
            throw new Refusal(
                    ProblemCode.TOO_LARGE,
                    "A message without attachments has at most " + maximumBytes + " bytes here.");
        }
        if (arrived.body().length == 0 && arrived.unread().isEmpty()) {
            throw new Refusal(ProblemCode.MALFORMED, "The body is empty; a document was expected.");
        }
        ContentType contentType = ContentType.of(arrived.contentType())
                .orElseThrow(() -> new Refusal(ProblemCode.MEDIA_TYPE, "The Content-Type cannot be read."));
        if (!Multipart.is(contentType)) {
            return new Accepted(
                    arrived,
                    format(arrived.door(), contentType, arrived.body()),
                    arrived.body(),
                    arrived.detachedSignature(),
                    List.of());
        }
        return accepted(
                arrived,
                Multipart.parse(
                        contentType,
                        arrived.unread().orElseGet(() -> new ByteArrayInputStream(arrived.body())),
                        limits,
                        store));
    }

    private Accepted accepted(Arrived arrived, Multipart multipart) throws Refusal {
        Multipart.Part root = multipart.root();
        try {
            return new Accepted(
                    arrived,
                    format(arrived.door(), root.contentType(), root.bytes()),
                    root.bytes(),
                    root.header("x-jws-signature"),
                    multipart.attachments());
        } catch (Refusal refusal) {
            store.discard(multipart.attachments());
            throw refusal;
        }
    }

    private boolean isParty(Arrived arrived) {
        return arrived.clientCertificates().stream()
                .findFirst()
                .flatMap(parties::byTlsCertificate)
                .isPresent();
    }

    private static Accepted unread(Arrived arrived) {
        return new Accepted(arrived, Format.JSON, arrived.body(), Optional.empty(), List.of());
    }

    private static Format format(Door door, ContentType contentType, byte[] document) throws Refusal {
        String type = contentType.mediaType();
        charset(contentType, document);
        if (door == Door.SOAP) {
            if (ENVELOPES.contains(type)) {
                return Format.XML;
            }
            throw new Refusal(
                    ProblemCode.MEDIA_TYPE, "A SOAP envelope as text/xml or application/soap+xml was expected.");
        }
        if (XML.contains(type)) {
            return Format.XML;
        }
        if (JSON.equals(type)) {
            return Format.JSON;
        }
        throw new Refusal(ProblemCode.MEDIA_TYPE, "application/json or application/xml was expected.");
    }

    /** Whoever believed another label would read other characters than those that are validated. */
    private static void charset(ContentType contentType, byte[] document) throws Refusal {
        Optional<String> label = contentType.parameter("charset").map(name -> name.toLowerCase(Locale.ROOT));
        boolean utf16 = document.length > 1 && (document[0] & document[1] & 0xFE) == 0xFE && document[0] != document[1];
        Set<String> honest = utf16 ? Set.of("utf-16") : Set.of("utf-8", "us-ascii");
        if (label.isPresent() && !honest.contains(label.get())) {
            throw new Refusal(
                    ProblemCode.MEDIA_TYPE,
                    "The charset of the Content-Type is not that of the document: UTF-8, or UTF-16 with a byte order mark.");
        }
    }
}
