package io.chapar.record;

import io.chapar.message.Agreement;
import io.chapar.message.Digest;
import io.chapar.message.Header;
import io.chapar.message.Passage;
import io.chapar.trust.MessageKey;
import io.chapar.trust.PayloadKeys;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message as it is written: its facts in clear, its content encrypted. Made on the caller's thread. */
final class SealedMessage {

    static final int NOTIFICATION = 0;
    static final int QUESTION = 1;

    private static final String INSERT_MESSAGE = "insert into message (number, kind, sender, message_id,"
            + " conversation_id, exchange, version, action, corrects, ordering_key, door, format, content_type,"
            + " sealed_signature, signer, content_digest, bytes_digest, accepted_at, receivers, key_name, wrapped_key,"
            + " original) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_CONTENT =
            "insert into content (message, part, content_id, media_type, sealed, file) values (?, ?, ?, ?, ?, ?)";
    private static final String INSERT_CERTIFICATE =
            "insert into certificate (fingerprint, der) values (?, ?) on conflict (fingerprint) do nothing";
    static final String CLAIM = "insert into claim (sender, message_id, content_digest, message) values (?, ?, ?, ?)"
            + " on conflict (sender, message_id) do nothing";
    /** The claim of a message that a clock sends: there is one as long as the clock runs, and when it has run out. */
    static final String CLAIM_NOTICE = "insert into claim (sender, message_id, content_digest, message)"
            + " select ?, ?, ?, ? from clock where notice = ? and state = 0 and due <= ?"
            + " on conflict (sender, message_id) do nothing";

    /** @param file in the store of attachments; then what is sealed is not the content, but how to read that file */
    private record Part(
            Optional<String> contentId, Optional<String> mediaType, byte[] sealed, Optional<StoredFile> file) {}

    private final int kind;
    private final Passage.Authorised authorised;
    private final Instant acceptedAt;
    private final MessageKey key;
    private final byte[] signer;
    private final Digest signerDigest;
    private final Optional<byte[]> signature;
    private final List<Part> parts = new ArrayList<>();

    SealedMessage(int kind, Passage.Authorised authorised, Instant acceptedAt, PayloadKeys keys) {
        this.kind = kind;
        this.authorised = authorised;
        this.acceptedAt = acceptedAt;
        Agreement agreement = authorised.agreement();
        this.key = keys.forNew(agreement.exchange().exchange() + "/"
                + acceptedAt.atZone(ZoneOffset.UTC).toLocalDate().plus(agreement.retention()));
        try {
            this.signer = authorised.validated().verified().signer().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that verified has an encoding", e);
        }
        this.signerDigest = Digest.of(signer);
        Identity identity = new Identity(header().sender(), header().messageId(), header().exchange());
        Passage.Accepted accepted = authorised.validated().accepted();
        this.signature = accepted.detachedSignature()
                .map(jws -> key.seal(jws.getBytes(StandardCharsets.UTF_8), identity.signature()));
        parts.add(new Part(
                Optional.empty(), Optional.empty(), key.seal(accepted.document(), identity.part(0)), Optional.empty()));
        for (Passage.Attachment attachment : accepted.attachments()) {
            Optional<StoredFile> file =
                    attachment.content() instanceof StoredFile stored ? Optional.of(stored) : Optional.empty();
            byte[] kept = file.isPresent() ? file.get().facts() : attachment.bytes();
            parts.add(new Part(
                    Optional.of(attachment.contentId()),
                    Optional.of(attachment.mediaType()),
                    key.seal(kept, identity.part(parts.size())),
                    file));
        }
    }

    Header header() {
        return authorised.header();
    }

    Digest contentDigest() {
        return authorised.validated().verified().contentDigest();
    }

    Digest signerDigest() {
        return signerDigest;
    }

    void bindClaim(PreparedStatement claim, long number) throws SQLException {
        claim.setString(1, header().sender().value());
        claim.setBytes(2, Columns.id(header().messageId()));
        claim.setBytes(3, contentDigest().hash());
        claim.setLong(4, number);
    }

    /** @param signerKnown whether the signer's certificate is in the record already */
    void write(Writing writing, long number, Optional<Corrected> corrected, int receivers, boolean signerKnown)
            throws SQLException {
        Passage.Accepted accepted = authorised.validated().accepted();
        PreparedStatement row = writing.batch(INSERT_MESSAGE);
        row.setLong(1, number);
        row.setInt(2, kind);
        row.setString(3, header().sender().value());
        row.setBytes(4, Columns.id(header().messageId()));
        row.setBytes(5, Columns.id(header().conversationId()));
        row.setString(6, header().exchange().exchange());
        row.setString(7, header().exchange().version());
        row.setInt(8, header().action().ordinal());
        Columns.bytes(row, 9, header().corrects().map(Columns::id).orElse(null));
        Columns.text(row, 10, header().orderingKey());
        row.setInt(11, authorised.arrived().door().ordinal());
        row.setInt(12, accepted.format().ordinal());
        row.setString(13, authorised.arrived().mediaType());
        Columns.bytes(row, 14, signature.orElse(null));
        row.setBytes(15, signerDigest.hash());
        row.setBytes(16, contentDigest().hash());
        row.setBytes(17, authorised.validated().verified().bytesDigest().hash());
        row.setLong(18, Columns.micros(acceptedAt));
        row.setInt(19, receivers);
        row.setString(20, key.name());
        row.setBytes(21, key.wrapped());
        row.setObject(22, corrected.map(Corrected::original).orElse(null), Types.BIGINT);
        row.addBatch();
        for (int part = 0; part < parts.size(); part++) {
            PreparedStatement content = writing.batch(INSERT_CONTENT);
            content.setLong(1, number);
            content.setInt(2, part);
            Columns.text(content, 3, parts.get(part).contentId());
            Columns.text(content, 4, parts.get(part).mediaType());
            content.setBytes(5, parts.get(part).sealed());
            Columns.bytes(
                    content,
                    6,
                    parts.get(part).file().map(StoredFile::reference).orElse(null));
            content.addBatch();
        }
        if (!signerKnown) {
            PreparedStatement certificate = writing.batch(INSERT_CERTIFICATE);
            certificate.setBytes(1, signerDigest.hash());
            certificate.setBytes(2, signer);
            certificate.addBatch();
        }
    }

    /** What every event about its acceptance says. */
    EventBytes event(String name) {
        return EventBytes.of(name, acceptedAt)
                .text("exchange", header().exchange().exchange())
                .text("version", header().exchange().version())
                .text("sender", header().sender().value())
                .id("messageId", header().messageId())
                .id("conversationId", header().conversationId())
                .digest("contentDigest", contentDigest())
                .digest("bytesDigest", authorised.validated().verified().bytesDigest())
                .digest("signer", signerDigest);
    }
}
