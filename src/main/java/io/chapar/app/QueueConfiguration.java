package io.chapar.app;

import io.chapar.app.broker.AmqpAccess;
import io.chapar.app.broker.Broker;
import io.chapar.app.door.Acknowledgements;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.Defects;
import io.chapar.app.door.DoorSettings;
import io.chapar.app.door.Intake;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.StraightWay;
import io.chapar.app.queue.AmqpDoor;
import io.chapar.app.queue.FromQueue;
import io.chapar.app.queue.Outbox;
import io.chapar.app.queue.QueueDoor;
import io.chapar.app.queue.QueueEncryption;
import io.chapar.app.queue.QueueLimits;
import io.chapar.app.queue.QueueOwners;
import io.chapar.app.queue.QueuesAtStart;
import io.chapar.app.queue.TooLargeForQueues;
import io.chapar.deliver.DeliveryLimits;
import io.chapar.deliver.Patience;
import io.chapar.message.Catalogue;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.PartyDirectory;
import io.chapar.message.Passage;
import io.chapar.message.Refusal;
import io.chapar.message.Signer;
import io.chapar.record.AttachmentStore;
import io.chapar.record.MessageRecord;
import io.chapar.trust.CertificatePaths;
import io.chapar.trust.DecryptionKey;
import io.chapar.trust.PemFiles;
import io.chapar.trust.PrivateKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** What agencies use on port 5671: AMQP, with queues of their own. */
@Configuration(proxyBeanMethods = false)
public class QueueConfiguration {

    private static final int OFF = -1;
    private static final long MOST_WRITTEN_BYTES = 1L << 30;
    private static final long SMALLEST_LARGEST = 1L << 20;
    private static final long LARGEST_LARGEST = 256L << 20;

    @Bean
    AmqpDoor amqpDoor(
            @Value("${chapar.broker.amqp-host:0.0.0.0}") String host,
            @Value("${chapar.broker.amqp-port:5671}") int port,
            @Value("${chapar.broker.amqp-protocols:TLSv1.3}") List<String> protocols,
            @Value("${chapar.broker.clear-queues:}") String clearQueues,
            @Value("${chapar.mode:sandbox}") String mode,
            @Value("${server.ssl.bundle:gateway}") String bundle,
            SslBundles bundles,
            PartyDirectory parties,
            CallerIdentity identity,
            @Value("${chapar.broker.largest-message:64MB}") DataSize largest,
            Clock clock) {
        if (largest.toBytes() < SMALLEST_LARGEST || largest.toBytes() > LARGEST_LARGEST) {
            throw new IllegalArgumentException("chapar.broker.largest-message must be from 1MB to 256MB");
        }
        if (port == OFF) {
            QueueOwners.ofNobody(parties.all());
            return new AmqpDoor(Optional.empty());
        }
        return new AmqpDoor(Optional.of(new AmqpAccess(
                host,
                port,
                protocols,
                tls(bundles, bundle),
                chain -> known(identity, chain, clock),
                QueueOwners.of(parties.all(), clearQueues, mode.equals("sandbox")),
                (int) largest.toBytes(),
                MOST_WRITTEN_BYTES)));
    }

    @Bean
    QueuesAtStart queuesAtStart(
            AmqpDoor amqp,
            PartyDirectory parties,
            @Value("${chapar.broker.clear-queues:}") String clearQueues,
            @Value("${chapar.mode:sandbox}") String mode) {
        return new QueuesAtStart(amqp, parties.all(), clearQueues, mode.equals("sandbox"));
    }

    /** The doors' own, also after their certificates were replaced. */
    static Supplier<SSLContext> tls(SslBundles bundles, String name) {
        AtomicReference<SSLContext> current =
                new AtomicReference<>(bundles.getBundle(name).createSslContext());
        bundles.addBundleUpdateHandler(name, fresh -> current.set(fresh.createSslContext()));
        return current::get;
    }

    /** By the stage that all messages pass: the very certificate, its path, its revocation, its time. */
    static Optional<PartyCode> known(CallerIdentity identity, List<X509Certificate> chain, Clock clock) {
        try {
            return Optional.of(identity.withGateway(new Passage.Arrived(
                            Passage.Door.QUEUE,
                            "",
                            "",
                            new byte[0],
                            Optional.empty(),
                            chain,
                            Format.JSON,
                            false,
                            clock.instant(),
                            Intake.newTraceId()))
                    .code());
        } catch (Refusal refusal) {
            return Optional.empty();
        }
    }

    @Bean
    QueueEncryption queueEncryption(
            @Value("${chapar.broker.clear-queues:}") String clearQueues,
            @Value("${chapar.trust.encryption-key:${chapar.certificates:certs-dev}/CHAPAR/encrypt.key.pem}") String key,
            @Value("${chapar.trust.encryption-certificate:${chapar.certificates:certs-dev}/CHAPAR/encrypt.cert.pem}")
                    Path certificate,
            PrivateKeys keys,
            PartyDirectory parties,
            CertificatePaths paths) {
        Set<PartyCode> encrypted = QueueOwners.encrypted(parties.all(), clearQueues);
        return new QueueEncryption(
                encrypted,
                parties,
                paths,
                encrypted.isEmpty() ? Optional.empty() : Optional.of(decryptionKey(keys, key, certificate)));
    }

    @Bean
    QueueLimits queueLimits(DeliveryLimits limits, DoorSettings doors, QueueEncryption encryption) {
        return new QueueLimits(limits.largestInQueue(), doors.maximumBytes(), encryption);
    }

    private static DecryptionKey decryptionKey(PrivateKeys keys, String key, Path certificate) {
        try {
            return new DecryptionKey(keys.at(key, "chapar.trust.encryption-key"), PemFiles.certificate(certificate));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "a party's clear-queues is jwe, and chapar.trust.encryption-key and"
                            + " chapar.trust.encryption-certificate name no key pair to which it could encrypt: "
                            + e.getMessage(),
                    e);
        }
    }

    @Bean(initMethod = "start")
    Outbox outbox(
            MessageRecord record,
            Broker broker,
            PartyDirectory parties,
            Catalogue catalogue,
            QueueLimits limits,
            QueueEncryption encryption,
            @Value("${chapar.broker.unacknowledged:60s}") Duration unacknowledged,
            @Value("${chapar.broker.window:500}") int window) {
        TooLargeForQueues.warn(catalogue, parties.all(), limits);
        return new Outbox(record, broker, parties, encryption, unacknowledged, window);
    }

    @Bean
    FromQueue fromQueue(
            StraightWay way,
            CallerIdentity identity,
            MessageRecord record,
            RefusedAttempts attempts,
            PartyDirectory parties,
            Signer signer,
            QueueEncryption encryption,
            Patience patience,
            Outbox outbox,
            Broker broker,
            @Value("${chapar.broker.answers:10000}") int answers,
            Defects defects,
            DoorSettings doors,
            AttachmentStore store,
            Clock clock) {
        return new FromQueue(
                new QueueDoor(
                        way,
                        new Acknowledgements(identity, record),
                        attempts,
                        parties,
                        signer,
                        encryption,
                        patience,
                        outbox::ended,
                        owner -> encryption.isReady(owner)
                                && broker.toRead(owner) < answers
                                && broker.bytesToRead(owner) < Outbox.MOST_TO_READ_BYTES,
                        defects,
                        doors.maximumBytes(),
                        clock),
                encryption,
                store);
    }
}
