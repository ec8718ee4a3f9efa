package io.chapar.deadline;

import io.chapar.app.catalogue.Passages;
import io.chapar.app.catalogue.RealFiles;
import io.chapar.authorise.Authorise;
import io.chapar.message.Catalogue;
import io.chapar.message.Digest;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import io.chapar.message.Signer;
import io.chapar.record.AttachmentStore;
import io.chapar.record.Database;
import io.chapar.record.MessageRecord;
import io.chapar.record.RecordStage;
import io.chapar.record.Ticket;
import io.chapar.sandbox.sample.Sample;
import io.chapar.schema.DocumentSchema;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
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
import org.w3c.dom.Document;

/** The agreements as they are, and every stage from validate to the record, on a clock that is set. */
final class World implements AutoCloseable {

    final SetClock clock = new SetClock(Instant.parse("2019-01-10T06:00:00Z"));
    final MessageRecord record;
    final Database database;
    final RunningOut runningOut;
    final List<String> ranOut = new ArrayList<>();
    final Catalogue catalogue;
    final List<Ticket> published = new CopyOnWriteArrayList<>();

    private final Validate validate = new Validate(RealFiles.SCHEMAS);
    private final Authorise authorise;
    private final RecordStage stage;
    private final Notices notices;

    World(Path folder) throws IOException {
        this(folder, RealFiles.CATALOGUE);
    }

    World(Path folder, Catalogue catalogue) throws IOException {
        this.catalogue = catalogue;
        this.database = Database.open("", folder);
        this.record = new MessageRecord(
                database,
                PayloadKeys.open(folder.resolve("keys"), Optional.empty()),
                AttachmentStore.open(folder.resolve("attachments"), clock),
                clock);
        record.onDurable(published::addAll);
        this.authorise = new Authorise(catalogue, RealFiles.PARTIES, record::corrected, header -> false, clock);
        Terms terms = Terms.load(Path.of("schemas/code-lists/holidays.xml"));
        Obligations obligations =
                new Obligations(catalogue, terms, MarkKey.open(folder.resolve("keys"), Optional.empty())::mark);
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
        return accepted(document, Format.JSON);
    }

    /** With the files of the full sample, if it names any. */
    Passage.Recorded accepted(Map<String, Object> document, Format format) throws Refusal {
        ExchangeVersion exchange = new ExchangeVersion(text(document, "exchange"), text(document, "version"));
        DocumentSchema schema = RealFiles.SCHEMAS.of(exchange).message();
        try {
            byte[] bytes = format == Format.JSON ? HardenedJson.write(document) : schema.xml(schema.fields(document));
            Optional<Document> xml = format == Format.JSON ? Optional.empty() : Optional.of(HardenedXml.parse(bytes));
            List<Passage.Attachment> files = document.containsKey("attachment") ? files(exchange) : List.of();
            Passage.Arrived arrived = arrived(exchange.exchange(), format, bytes, Passage.Door.REST);
            return entered(
                    text(document, "sender"),
                    new Passage.Accepted(arrived, format, bytes, Optional.empty(), files),
                    xml);
        } catch (IOException | Malformed e) {
            throw new AssertionError(e);
        }
    }

    private List<Passage.Attachment> files(ExchangeVersion exchange) throws IOException, Malformed {
        return Sample.of(catalogue.agreement(exchange).orElseThrow(), Path.of("schemas")).stream()
                .filter(sample -> sample.name().equals("full"))
                .findFirst()
                .orElseThrow()
                .attachments();
    }

    static String text(Map<String, Object> document, String name) {
        return document.get("header") instanceof Map<?, ?> header ? String.valueOf(header.get(name)) : "";
    }

    private Passage.Outcome travel(Passage.Arrived arrived) {
        try {
            return entered(
                    "CHAPAR",
                    new Passage.Accepted(
                            arrived(arrived.exchange(), Format.JSON, arrived.body(), Passage.Door.GATEWAY),
                            Format.JSON,
                            arrived.body(),
                            Optional.empty(),
                            List.of()),
                    Optional.empty());
        } catch (Refusal e) {
            return new Passage.Refused(arrived, e.problem(), Optional.empty());
        }
    }

    private Passage.Arrived arrived(String exchange, Format format, byte[] document, Passage.Door door) {
        return new Passage.Arrived(
                door,
                exchange,
                format.mediaType(),
                document,
                Optional.empty(),
                List.of(),
                Format.JSON,
                false,
                clock.instant(),
                "trace");
    }

    private Passage.Recorded entered(String party, Passage.Accepted accepted, Optional<Document> xml) throws Refusal {
        X509Certificate signer = Mockito.mock(X509Certificate.class);
        try {
            Mockito.when(signer.getEncoded()).thenReturn(new byte[] {1});
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
        Passage.Verified verified = new Passage.Verified(
                new Passage.Authenticated(accepted, Passages.party(party)),
                xml,
                Digest.of(accepted.document()),
                Digest.of(accepted.document()),
                signer);
        return stage.apply(authorise.apply(validate.apply(verified)));
    }

    @Override
    public void close() {
        record.close();
        database.close();
    }
}
