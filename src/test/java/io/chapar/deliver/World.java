package io.chapar.deliver;

import io.chapar.accept.AttachmentLimits;
import io.chapar.accept.ContentType;
import io.chapar.accept.Multipart;
import io.chapar.message.Digest;
import io.chapar.message.Dispatch;
import io.chapar.message.ExchangeVersion;
import io.chapar.message.FewParties;
import io.chapar.message.Format;
import io.chapar.message.Party;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Signer;
import io.chapar.record.AttachmentStore;
import io.chapar.schema.Schemas;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.CertificatesByThumbprint;
import io.chapar.trust.DevelopmentPki;
import io.chapar.trust.EnvelopeSignatures;
import io.chapar.trust.JsonSignatures;
import io.chapar.trust.KeySigner;
import io.chapar.trust.PemFiles;
import io.chapar.trust.TlsContexts;
import io.chapar.trust.XmlSignatures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The gateway's side of a test: real keys, real TLS, real signatures. */
final class World implements AutoCloseable {

    static final List<PartyCode> PARTIES =
            List.of(PartyCode.CHAPAR, new PartyCode("SPR"), new PartyCode("MJ"), new PartyCode("MH"));

    final Path certificates;
    final Signer signer;
    final DeliveryLimits limits;
    final ReceiverChannels channels;
    private final HttpLines lines;

    World(Path certificates, DeliveryLimits limits) throws IOException {
        this.certificates = certificates;
        this.limits = limits;
        DevelopmentPki.make(certificates, PARTIES);
        Path own = certificates.resolve("CHAPAR");
        this.signer = new KeySigner(
                PemFiles.privateKey(own.resolve("sign.key.pem")), PemFiles.certificate(own.resolve("sign.cert.pem")));
        this.channels = new ReceiverChannels(limits, Clock.systemUTC(), (party, channel) -> {});
        this.lines = new HttpLines(
                TlsContexts.client(
                        PemFiles.privateKey(own.resolve("tls.key.pem")),
                        PemFiles.certificate(own.resolve("tls.cert.pem")),
                        PemFiles.certificates(certificates.resolve("ca.cert.pem"))),
                limits,
                Clock.systemUTC());
    }

    Provider provider(Schemas schemas, Party... parties) throws IOException {
        return new Provider(lines, proofs(new FewParties(Arrays.asList(parties))), signer, schemas, limits);
    }

    private Proofs proofs(PartyDirectory directory) throws IOException {
        Clock clock = Clock.systemUTC();
        return new Proofs(
                directory,
                new CertificatePaths(
                        PemFiles.certificates(certificates.resolve("ca.cert.pem")),
                        certificates.resolve("ca.crl.pem"),
                        Duration.ofDays(1),
                        clock),
                new JsonSignatures(new CertificatesByThumbprint(directory)),
                new XmlSignatures(),
                new EnvelopeSignatures(clock, Duration.ofMinutes(5)),
                clock);
    }

    Deliver deliver(Party... parties) throws IOException {
        return deliver((due, waited) -> true, parties);
    }

    Deliver deliver(Deliver.InHand inHand, Party... parties) throws IOException {
        PartyDirectory directory = new FewParties(Arrays.asList(parties));
        Proofs proofs = proofs(directory);
        return new Deliver(
                directory,
                channels,
                new RestCourier(lines, proofs, limits),
                new SoapCourier(lines, proofs, signer, limits),
                receiver -> limits.largestInQueue(),
                inHand);
    }

    static Dispatch.Due due(String receiver, Passage.Attachment... attachments) {
        return new Dispatch.Due(
                UUID.randomUUID(),
                1,
                new PartyCode(receiver),
                UUID.randomUUID(),
                new PartyCode("MH"),
                new ExchangeVersion("birth-notification", "1.0"),
                Optional.empty(),
                Passage.Door.REST,
                Format.JSON,
                new byte[0],
                Digest.of(new byte[] {1}),
                List.of(attachments),
                Instant.EPOCH,
                0);
    }

    /** What came in, taken apart; larger files lie in this folder then. */
    static Multipart parts(String contentType, byte[] body, Path folder) throws Exception {
        return Multipart.parse(
                ContentType.of(contentType).orElseThrow(),
                new ByteArrayInputStream(body),
                new AttachmentLimits(1 << 20, 1 << 23, 1 << 23),
                AttachmentStore.open(folder.resolve("attachments"), Clock.systemUTC()));
    }

    static Dispatch.Transformed json(Dispatch.Due due, String document) {
        return new Dispatch.Transformed(due, Format.JSON, document.getBytes(StandardCharsets.UTF_8));
    }

    static Dispatch.Transformed xml(Dispatch.Due due, String document) {
        return new Dispatch.Transformed(due, Format.XML, document.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        channels.halt();
        lines.close();
    }
}
