package io.chapar.deadline;

import io.chapar.app.catalogue.Passages;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.authorise.Authorise;
import io.chapar.message.Catalogue;
import io.chapar.message.Digest;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import io.chapar.message.Signer;
import io.chapar.record.AttachmentStore;
import io.chapar.record.Database;
import io.chapar.record.MessageRecord;
import io.chapar.record.RecordStage;
import io.chapar.record.Ticket;
import io.chapar.sandbox.sample.Sample;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import io.chapar.trust.MarkKey;
import io.chapar.trust.PayloadKeys;
import io.chapar.trust.Receipts;
import io.chapar.validate.Validate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.mockito.Mockito;

/** The agreements as they are, and every stage from validate to the record, on a clock that is set. */
final class World implements AutoCloseable {

    final SetClock clock = new SetClock(Instant.parse("2019-01-10T06:00:00Z"));
    final MessageRecord record;
    final Database database;
    final RunningOut runningOut;
    final List<String> ranOut = new ArrayList<>();
    final Catalogue catalogue = RealFiles.CATALOGUE;
    final List<Ticket> published = new CopyOnWriteArrayList<>();

    private final Validate validate = new Validate(RealFiles.SCHEMAS);
    private final Authorise authorise;
    private final RecordStage stage;
    private final Notices notices;

    World(Path folder) throws IOException {
        this.database = Database.open("", folder);
        this.record = new MessageRecord(
                database,
                PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                AttachmentStore.open(folder.resolve("attachments"), clock),
                clock);
        record.onDurable(published::addAll);
        this.authorise =
                new Authorise(RealFiles.CATALOGUE, RealFiles.PARTIES, record::corrected, header -> false, clock);
        Terms terms = Terms.load(Path.of("schemas/code-lists/holidays.xml"));
        Obligations obligations = new Obligations(
                RealFiles.CATALOGUE, terms, MarkKey.open(folder.resolve("keys"), Optional.empty())::mark);
        Signer signer = Mockito.mock(Signer.class);
        Mockito.when(signer.compactJws(Mockito.anyString(), Mockito.any())).thenReturn("a.b.c");
        Mockito.when(signer.detachedJws(Mockito.any())).thenReturn("a..c");
        this.stage = new RecordStage(
                record,
                new Receipts(signer),
                (message, at) ->
                        terms.deadline(message.agreement(), message.validated().fields(), at),
                obligations::of,
                clock,
                Duration.ofSeconds(2));
        this.notices = new Notices(RealFiles.SCHEMAS, signer, RealFiles.PARTIES);
        this.runningOut = runningOut(catalogue, this::travel);
    }

    /** Another one than the whole way's, with nothing remembered. */
    final RunningOut runningOut(Catalogue agreements, Function<Passage.Arrived, Passage.Outcome> way) {
        return new RunningOut(record, agreements, notices, way, ranOut::add, clock);
    }

    /** The full sample of an exchange, with ids of its own, and these values in their places. */
    static Map<String, Object> sample(String exchange, UUID conversation, Map<String, String> values) throws Malformed {
        Map<String, Object> document = new LinkedHashMap<>(
                HardenedJson.parse(Passages.sample(exchange, "full.json").getBytes(StandardCharsets.UTF_8)));
        put(document, "/header/messageId", UUID.randomUUID().toString());
        put(document, "/header/conversationId", conversation.toString());
        values.forEach((pointer, value) -> put(document, pointer, value));
        return document;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> document, String pointer, String value) {
        String[] names = pointer.substring(1).split("/", -1);
        Map<String, Object> place = document;
        for (int i = 0; i < names.length - 1; i++) {
            Map<String, Object> below =
                    new LinkedHashMap<>((Map<String, Object>) place.getOrDefault(names[i], Map.of()));
            place.put(names[i], below);
            place = below;
        }
        place.put(names[names.length - 1], value);
    }

    Passage.Recorded accepted(Map<String, Object> document) throws Refusal {
        String sender = text(document, "sender");
        String exchange = text(document, "exchange");
        List<Passage.Attachment> files = document.containsKey("attachment") ? files(exchange) : List.of();
        return entered(Passages.party(sender), exchange, HardenedJson.write(document), files, false);
    }

    /** What the full sample names. */
    private List<Passage.Attachment> files(String exchange) {
        try {
            return Sample.of(
                            catalogue
                                    .agreement(new ExchangeVersion(exchange, "1.0"))
                                    .orElseThrow(),
                            Path.of("schemas"))
                    .stream()
                    .filter(sample -> sample.name().equals("full"))
                    .findFirst()
                    .orElseThrow()
                    .attachments();
        } catch (IOException | Malformed e) {
            throw new AssertionError(e);
        }
    }

    static String text(Map<String, Object> document, String name) {
        return document.get("header") instanceof Map<?, ?> header ? String.valueOf(header.get(name)) : "";
    }

    private Passage.Outcome travel(Passage.Arrived arrived) {
        try {
            return entered(Passages.party("CHAPAR"), arrived.exchange(), arrived.body(), List.of(), true);
        } catch (Refusal e) {
            return new Passage.Refused(arrived, e.problem(), Optional.empty());
        }
    }

    private Passage.Recorded entered(
            Party party, String exchange, byte[] document, List<Passage.Attachment> files, boolean gateway)
            throws Refusal {
        Passage.Arrived arrived = new Passage.Arrived(
                gateway ? Passage.Door.GATEWAY : Passage.Door.REST,
                exchange,
                Format.JSON.mediaType(),
                document,
                Optional.empty(),
                List.of(),
                Format.JSON,
                false,
                clock.instant(),
                "trace");
        Passage.Accepted accepted = new Passage.Accepted(arrived, Format.JSON, document, Optional.empty(), files);
        X509Certificate signer = Mockito.mock(X509Certificate.class);
        try {
            Mockito.when(signer.getEncoded()).thenReturn(new byte[] {1});
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
        Passage.Verified verified = new Passage.Verified(
                new Passage.Authenticated(accepted, party),
                Optional.empty(),
                Digest.of(document),
                Digest.of(document),
                signer);
        return stage.apply(authorise.apply(validate.apply(verified)));
    }

    @Override
    public void close() {
        record.close();
        database.close();
    }
}
