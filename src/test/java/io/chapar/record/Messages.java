package io.chapar.record;

import io.chapar.message.Agreement;
import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Fields;
import io.chapar.message.Following;
import io.chapar.message.Format;
import io.chapar.message.Header;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Receipt;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Messages as the stages before the record would have made them. */
final class Messages {

    static final PartyCode MH = new PartyCode("MH");
    static final PartyCode SPR = new PartyCode("SPR");
    static final PartyCode MJ = new PartyCode("MJ");
    static final ExchangeVersion BIRTH = new ExchangeVersion("birth-notification", "1.0");

    private static final X509Certificate SIGNER = certificate();

    static NewMessage message(UUID messageId, String content, Optional<String> orderingKey, PartyCode... receivers) {
        return message(authorised(messageId, content, orderingKey, Agreement.OnPark.WAIT), receivers);
    }

    static NewMessage message(Passage.Authorised authorised, PartyCode... receivers) {
        Receipt receipt = new Receipt(
                UUID.randomUUID(),
                authorised.header().messageId(),
                BIRTH,
                MH,
                authorised.validated().verified().contentDigest(),
                authorised.validated().verified().bytesDigest(),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                Optional.of(new Receipt.Deadline(Instant.parse("2026-12-01T20:00:00Z"), true)),
                Duration.ofSeconds(2));
        List<Ticket> tickets = java.util.Arrays.stream(receivers)
                .map(receiver -> new Ticket(
                        UUID.randomUUID(), receiver, authorised.header().orderingKey(), 4))
                .toList();
        byte[] jws = ("jws of " + receipt.receiptId() + "x".repeat(900)).getBytes(StandardCharsets.UTF_8);
        byte[] xml = ("xml of " + receipt.receiptId() + "x".repeat(2_000)).getBytes(StandardCharsets.UTF_8);
        return new NewMessage(authorised, receipt, jws, Optional.of(xml), tickets, Optional.empty(), ClockEffects.NONE);
    }

    /** What corrects or withdraws, accepted by a record that is asked what it is about, as the stages ask it. */
    static NewMessage later(
            MessageRecord record, NewMessage earlier, Header.Action action, ClockEffects clocks, PartyCode... added) {
        Passage.Authorised first = authorised(UUID.randomUUID(), "{}", Optional.empty(), Agreement.OnPark.WAIT);
        Header header = header(
                first.header().messageId(),
                first.header().conversationId(),
                action,
                Optional.of(earlier.authorised().header().messageId()),
                Optional.empty());
        Corrected corrected = record.corrected(header).orElseThrow();
        Set<PartyCode> receivers = new java.util.TreeSet<>(corrected.receivers());
        receivers.addAll(List.of(added));
        Passage.Validated validated = new Passage.Validated(first.validated().verified(), header, new Fields(Map.of()));
        NewMessage plain = message(
                new Passage.Authorised(validated, first.agreement(), List.of()), receivers.toArray(PartyCode[]::new));
        List<Ticket> tickets = plain.tickets().stream()
                .map(ticket -> new Ticket(
                        ticket.deliveryId(),
                        ticket.receiver(),
                        Optional.of(corrected.deliveryKey()),
                        ticket.priority()))
                .toList();
        return new NewMessage(
                plain.authorised(), plain.receipt(), plain.jws(), plain.xml(), tickets, Optional.of(corrected), clocks);
    }

    /** The same message, with what it does to the clocks, accepted at this time. */
    static NewMessage at(Instant acceptedAt, NewMessage message, ClockEffects clocks) {
        Receipt it = message.receipt();
        Receipt receipt = new Receipt(
                it.receiptId(),
                it.messageId(),
                it.exchange(),
                it.sender(),
                it.contentDigest(),
                it.bytesDigest(),
                acceptedAt,
                it.deadline(),
                it.mergeDelay());
        return new NewMessage(
                message.authorised(),
                receipt,
                message.jws(),
                message.xml(),
                message.tickets(),
                message.corrected(),
                clocks);
    }

    /** The same, word for word, of another sender. */
    static NewMessage from(PartyCode sender, NewMessage message) {
        Passage.Authorised it = message.authorised();
        Passage.Verified verified = it.validated().verified();
        Passage.Verified proven = new Passage.Verified(
                new Passage.Authenticated(verified.authenticated().accepted(), party(sender)),
                verified.xml(),
                verified.contentDigest(),
                verified.bytesDigest(),
                verified.signer());
        Header was = it.header();
        Header header = new Header(
                was.messageId(),
                was.conversationId(),
                was.exchange(),
                was.action(),
                was.corrects(),
                sender,
                was.sentAt(),
                was.nonce(),
                was.onBehalfOf(),
                was.orderingKey(),
                was.inquiry());
        Receipt receipt = message.receipt();
        return new NewMessage(
                new Passage.Authorised(
                        new Passage.Validated(proven, header, it.validated().fields()), it.agreement(), it.receivers()),
                new Receipt(
                        receipt.receiptId(),
                        receipt.messageId(),
                        receipt.exchange(),
                        sender,
                        receipt.contentDigest(),
                        receipt.bytesDigest(),
                        receipt.acceptedAt(),
                        receipt.deadline(),
                        receipt.mergeDelay()),
                message.jws(),
                message.xml(),
                message.tickets(),
                message.corrected(),
                message.clocks());
    }

    private static Party party(PartyCode code) {
        return new Party(
                code,
                code.value(),
                Set.of(),
                List.of(),
                List.of(),
                Party.Channel.REST,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    /** The same with these files beside it. */
    static NewMessage withFiles(NewMessage message, List<Passage.Attachment> files) {
        Passage.Authorised it = message.authorised();
        Passage.Verified verified = it.validated().verified();
        Passage.Accepted accepted = verified.authenticated().accepted();
        Passage.Accepted with = new Passage.Accepted(
                accepted.arrived(), accepted.format(), accepted.document(), accepted.detachedSignature(), files);
        Passage.Verified proven = new Passage.Verified(
                new Passage.Authenticated(with, verified.authenticated().party()),
                verified.xml(),
                verified.contentDigest(),
                verified.bytesDigest(),
                verified.signer());
        return new NewMessage(
                new Passage.Authorised(
                        new Passage.Validated(
                                proven, it.header(), it.validated().fields()),
                        it.agreement(),
                        it.receivers()),
                message.receipt(),
                message.jws(),
                message.xml(),
                message.tickets(),
                message.corrected(),
                message.clocks());
    }

    /** Its folder lies in this one. */
    static AttachmentStore store(Path folder) throws IOException {
        return AttachmentStore.open(folder.resolve("attachments"), Clock.systemUTC());
    }

    private static Header header(
            UUID messageId,
            UUID conversationId,
            Header.Action action,
            Optional<UUID> corrects,
            Optional<String> orderingKey) {
        return new Header(
                messageId,
                conversationId,
                BIRTH,
                action,
                corrects,
                MH,
                Instant.now().atOffset(ZoneOffset.UTC),
                "nonce",
                Optional.empty(),
                orderingKey,
                Optional.of(new Header.Inquiry("u-1", "work", "case-1")));
    }

    static Passage.Authorised authorised(
            UUID messageId, String content, Optional<String> orderingKey, Agreement.OnPark onPark) {
        return authorised(messageId, content, orderingKey, onPark, Format.JSON);
    }

    static Passage.Authorised authorised(
            UUID messageId, String content, Optional<String> orderingKey, Agreement.OnPark onPark, Format answerForm) {
        byte[] document = content.getBytes(StandardCharsets.UTF_8);
        Passage.Arrived arrived = new Passage.Arrived(
                Passage.Door.REST,
                BIRTH.exchange(),
                "application/JSON; name=\"Karimi.json\"",
                document,
                Optional.of("head..signature"),
                List.of(),
                answerForm,
                false,
                Instant.now(),
                "trace-1");
        Passage.Accepted accepted = new Passage.Accepted(
                arrived,
                Format.JSON,
                document,
                arrived.detachedSignature(),
                List.of(new Passage.Attachment("scan", "application/pdf", "a scan".getBytes(StandardCharsets.UTF_8))));
        Passage.Verified verified = new Passage.Verified(
                new Passage.Authenticated(accepted, party(MH)),
                Optional.empty(),
                Digest.of(document),
                Digest.of(document),
                SIGNER);
        Header header = header(messageId, UUID.randomUUID(), Header.Action.NEW, Optional.empty(), orderingKey);
        return new Passage.Authorised(
                new Passage.Validated(verified, header, new Fields(Map.of())), agreement(onPark), List.of());
    }

    private static Agreement agreement(Agreement.OnPark onPark) {
        return new Agreement(
                BIRTH,
                "Birth",
                Agreement.Pattern.NOTIFY,
                List.of(137),
                Agreement.Basis.REPORT,
                LocalDate.of(2018, 1, 1),
                Optional.empty(),
                "a test",
                Optional.empty(),
                Set.of("MH"),
                List.of(),
                Set.of(),
                List.of(),
                false,
                List.of(),
                List.of(),
                4,
                Agreement.Classification.NORMAL,
                Period.ofYears(5),
                onPark,
                new Agreement.Attachments(Set.of("application/pdf"), 1_000),
                false,
                Following.NONE,
                Path.of("routes"));
    }

    static Dispatch.Signed signed(Dispatch.Due due) {
        byte[] payload = ("for " + due.receiver()).getBytes(StandardCharsets.UTF_8);
        return new Dispatch.Signed(due, payload, "application/json", Optional.of("h..s"), Digest.of(payload));
    }

    static Dispatch.Acknowledged acknowledged(Dispatch.Due due) {
        return new Dispatch.Acknowledged(
                signed(due), "{\"digest\":\"…\"}".getBytes(StandardCharsets.UTF_8), "h..a", Instant.now());
    }

    private static X509Certificate certificate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
            X500Name name = new X500Name("CN=MH");
            Date from = Date.from(Instant.parse("2026-01-01T00:00:00Z"));
            Date until = Date.from(Instant.parse("2036-01-01T00:00:00Z"));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            new JcaX509v3CertificateBuilder(name, BigInteger.ONE, from, until, name, pair.getPublic())
                                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Messages() {}
}
