package io.chapar.message;

import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A message on its way. Each state is a type that only the stage before it makes, so the compiler knows that none was
 * skipped.
 */
public sealed interface Passage {

    /** What came through the door; every later state leads back to it. */
    Arrived arrived();

    /**
     * By which interface a message came in. {@code GATEWAY} is no interface: the gateway sends it itself. {@code BATCH}:
     * one of many in a batch, signed by itself or under the batch's one signature. New ones go to the end: the record
     * keeps the number.
     */
    enum Door {
        REST,
        SOAP,
        QUEUE,
        GATEWAY,
        BATCH
    }

    /**
     * A file that travels with a document, named in it by its contentId.
     *
     * @param contentId as in the document, without angle brackets
     */
    record Attachment(String contentId, String mediaType, FileContent content) {

        /** One that is small enough to lie in memory. */
        public Attachment(String contentId, String mediaType, byte[] bytes) {
            this(contentId, mediaType, FileContent.of(bytes));
        }

        /** All of it in memory: for what is known to be small. */
        public byte[] bytes() {
            return content.bytes();
        }
    }

    /**
     * What a door took in, before anything was looked at.
     *
     * @param exchange the exchange named by the address
     * @param contentType as the caller gave it, with parameters
     * @param body the bytes, exactly; for SOAP the envelope; empty while they are {@code unread}
     * @param unread the body of a multipart, which is read once, by the first stage, and never held as a whole
     * @param detachedSignature the value of {@code X-JWS-Signature}
     * @param clientCertificates the chain of the TLS connection, the caller's own first; empty when it gave none
     * @param answerForm in which of the two forms the caller wants its receipt, answer or problem
     * @param validateOnly whether to stop after authorising
     * @param traceId follows the message through logs and traces
     */
    record Arrived(
            Door door,
            String exchange,
            String contentType,
            byte[] body,
            Optional<InputStream> unread,
            Optional<String> detachedSignature,
            List<X509Certificate> clientCertificates,
            Format answerForm,
            boolean validateOnly,
            Instant at,
            String traceId)
            implements Passage {

        /** A body that was read. */
        public Arrived(
                Door door,
                String exchange,
                String contentType,
                byte[] body,
                Optional<String> detachedSignature,
                List<X509Certificate> clientCertificates,
                Format answerForm,
                boolean validateOnly,
                Instant at,
                String traceId) {
            this(
                    door,
                    exchange,
                    contentType,
                    body,
                    Optional.empty(),
                    detachedSignature,
                    clientCertificates,
                    answerForm,
                    validateOnly,
                    at,
                    traceId);
        }

        /** The content type without its parameters, which may say anything; in lower case. */
        public String mediaType() {
            return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        }

        @Override
        public Arrived arrived() {
            return this;
        }
    }

    /**
     * Readable in principle: the exchange exists, the size is within limits, the media type is known.
     *
     * @param document the bytes of the document alone: the body, or the first part of a multipart; for SOAP the envelope
     * @param detachedSignature as given for the document
     */
    record Accepted(
            Arrived arrived,
            Format format,
            byte[] document,
            Optional<String> detachedSignature,
            List<Attachment> attachments)
            implements Passage {}

    /** The party at the other end of the connection is known. */
    record Authenticated(Accepted accepted, Party party) implements Passage {
        @Override
        public Arrived arrived() {
            return accepted.arrived();
        }
    }

    /**
     * The signature is proven to cover exactly what is used from here on.
     *
     * @param xml the verified document, for SOAP the body's child as a document of its own, without signature; empty for JSON
     * @param contentDigest what repeats are compared by (exclusive C14N without signature; JSON: the bytes)
     * @param bytesDigest over the document's bytes as received
     * @param signer the certificate whose key made the signature
     */
    record Verified(
            Authenticated authenticated,
            Optional<Document> xml,
            Digest contentDigest,
            Digest bytesDigest,
            X509Certificate signer)
            implements Passage {
        @Override
        public Arrived arrived() {
            return authenticated.arrived();
        }

        public Optional<Element> root() {
            return xml.map(Document::getDocumentElement);
        }
    }

    /** The document fits its schema, its header is read, and it belongs to the exchange it was sent to. */
    record Validated(Verified verified, Header header, Fields fields) implements Passage {
        @Override
        public Arrived arrived() {
            return verified.arrived();
        }

        public Party party() {
            return verified.authenticated().party();
        }

        public Accepted accepted() {
            return verified.authenticated().accepted();
        }
    }

    /**
     * An agreement allows it.
     *
     * @param receivers who receives it, by the agreement and the content; for a query the one provider
     */
    record Authorised(Validated validated, Agreement agreement, List<Agreement.Receiver> receivers) implements Passage {
        public Authorised {
            receivers = List.copyOf(receivers);
        }

        @Override
        public Arrived arrived() {
            return validated.arrived();
        }

        public Header header() {
            return validated.header();
        }
    }

    /** How a journey ended, for the door to tell in its own language. */
    sealed interface Outcome extends Passage {}

    /**
     * Durable. The receipt may be told.
     *
     * @param repeat whether it was accepted before, with this same receipt
     * @param jws the receipt as a compact JWS
     * @param xml the same facts as a signed XML document, for a caller that wants that
     */
    record Recorded(Arrived arrived, Receipt receipt, boolean repeat, byte[] jws, Optional<byte[]> xml)
            implements Outcome {}

    /**
     * A query's answer, filtered for the caller and signed by the gateway.
     *
     * @param signature a detached JWS for JSON; for XML the signature is in the document, and for SOAP none is made here
     */
    record Answered(Arrived arrived, UUID messageId, Format format, byte[] document, Optional<String> signature)
            implements Outcome {}

    /** Everything up to authorising went well, and nothing more was wanted. */
    record Checked(Arrived arrived, UUID messageId, ExchangeVersion exchange, List<PartyCode> receivers)
            implements Outcome {}

    /**
     * Refused.
     *
     * @param messageId if the journey went far enough to know it
     */
    record Refused(Arrived arrived, Problem problem, Optional<UUID> messageId) implements Outcome {}

    /** Facts of a passage that may be logged: ids and codes, never content. */
    default Map<String, String> trail() {
        return Map.of("traceId", arrived().traceId(), "exchange", arrived().exchange());
    }
}
