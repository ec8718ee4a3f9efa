package io.chapar.record;

import io.chapar.message.Digest;
import io.chapar.message.Header;
import io.chapar.message.Passage;
import io.chapar.trust.MessageKey;
import io.chapar.trust.PayloadKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Questions: their ids are claimed like those of messages, and how each ended is written down. */
final class Questions {

    private static final String ANSWER = "insert into answer (message, found, digest, sealed, reason, at)"
            + " values (?, ?, ?, ?, ?, ?) on conflict (message) do nothing";

    enum Asked {
        NEW,
        REPEATED,
        REUSED
    }

    private final Database database;
    private final GroupCommit commits;
    private final PayloadKeys keys;
    private final Clock clock;

    Questions(Database database, GroupCommit commits, PayloadKeys keys, Clock clock) {
        this.database = database;
        this.commits = commits;
        this.keys = keys;
        this.clock = clock;
    }

    Asked ask(Passage.Authorised question, SealedMessage sealed) {
        return commits.run(new AskWork(question, sealed));
    }

    void answered(Passage.Authorised question, Digest digest, byte[] proof, boolean found) {
        Row row = row(question.header());
        byte[] sealed = row.key().seal(proof, identity(question.header()).answer());
        EventBytes event = event("answered", question)
                .digest("answerDigest", digest)
                .digest("proofDigest", Digest.of(proof))
                .flag("found", found);
        commits.run(new AnswerWork(row.number(), found ? 1 : 0, digest, sealed, null, event));
    }

    void unanswered(Passage.Authorised question, String reason) {
        Row row = row(question.header());
        EventBytes event = event("unanswered", question).text("reason", reason);
        commits.run(new AnswerWork(row.number(), null, null, null, reason, event));
    }

    private EventBytes event(String name, Passage.Authorised question) {
        return EventBytes.of(name, clock.instant())
                .text("sender", question.header().sender().value())
                .id("messageId", question.header().messageId())
                .text("exchange", question.header().exchange().exchange())
                .text("version", question.header().exchange().version());
    }

    private static Identity identity(Header header) {
        return new Identity(header.sender(), header.messageId(), header.exchange());
    }

    private record Row(long number, MessageKey key) {}

    private Row row(Header header) {
        try (Connection connection = database.readers().getConnection();
                PreparedStatement select = connection.prepareStatement("select m.number, m.key_name, m.wrapped_key"
                        + " from claim c join message m on m.number = c.message"
                        + " where c.sender = ? and c.message_id = ?")) {
            select.setString(1, header.sender().value());
            select.setBytes(2, Columns.id(header.messageId()));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("a question is answered only after it was asked");
                }
                return new Row(row.getLong(1), keys.unwrap(row.getString(2), row.getBytes(3)));
            }
        } catch (SQLException e) {
            throw new NotRecorded("the question cannot be read", e);
        }
    }

    private static final class AskWork implements Work<Asked> {
        private final Passage.Authorised question;
        private final SealedMessage sealed;
        private long number;
        private boolean claimed;

        AskWork(Passage.Authorised question, SealedMessage sealed) {
            this.question = question;
            this.sealed = sealed;
        }

        @Override
        public Optional<String> guard() {
            return Optional.of(SealedMessage.CLAIM);
        }

        @Override
        public void bindGuard(Writing writing, PreparedStatement claim) throws SQLException {
            number = writing.nextMessage();
            sealed.bindClaim(claim, number);
        }

        @Override
        public void write(Writing writing, boolean guarded) throws SQLException {
            claimed = guarded;
            if (claimed) {
                sealed.write(writing, number, Optional.empty(), 0, false);
                EventBytes event = sealed.event("asked");
                question.receivers()
                        .forEach(provider ->
                                event.text("provider", provider.party().value()));
                sealed.header().inquiry().ifPresent(inquiry -> event.text("purpose", inquiry.purpose()));
                writing.event(event);
            }
        }

        @Override
        public Asked finish(Writing writing) throws SQLException {
            if (claimed) {
                return Asked.NEW;
            }
            PreparedStatement select =
                    writing.statement("select content_digest from claim where sender = ? and message_id = ?");
            select.setString(1, sealed.header().sender().value());
            select.setBytes(2, Columns.id(sealed.header().messageId()));
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                                && Arrays.equals(
                                        row.getBytes(1), sealed.contentDigest().hash())
                        ? Asked.REPEATED
                        : Asked.REUSED;
            }
        }
    }

    private final class AnswerWork implements Work<Boolean> {
        private final long number;
        private final @Nullable Integer found;
        private final @Nullable Digest digest;
        private final byte @Nullable [] sealed;
        private final @Nullable String reason;
        private final EventBytes event;
        private boolean first;

        AnswerWork(
                long number,
                @Nullable Integer found,
                @Nullable Digest digest,
                byte @Nullable [] sealed,
                @Nullable String reason,
                EventBytes event) {
            this.number = number;
            this.found = found;
            this.digest = digest;
            this.sealed = sealed;
            this.reason = reason;
            this.event = event;
        }

        @Override
        public Optional<String> guard() {
            return Optional.of(ANSWER);
        }

        @Override
        public void bindGuard(Writing writing, PreparedStatement row) throws SQLException {
            row.setLong(1, number);
            row.setObject(2, found, java.sql.Types.SMALLINT);
            Columns.bytes(row, 3, digest == null ? null : digest.hash());
            Columns.bytes(row, 4, sealed);
            Columns.text(row, 5, reason);
            row.setLong(6, Columns.micros(clock.instant()));
        }

        @Override
        public void write(Writing writing, boolean guarded) throws SQLException {
            first = guarded;
            if (first) {
                writing.event(event);
            }
        }

        @Override
        public Boolean finish(Writing writing) {
            return first;
        }
    }
}
