package io.chapar.app;

import io.chapar.app.batch.BatchDoor;
import io.chapar.app.batch.BatchKeeping;
import io.chapar.app.batch.BatchSettings;
import io.chapar.app.door.CallerIdentity;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.StraightWay;
import io.chapar.console.Metrics;
import io.chapar.message.Catalogue;
import io.chapar.message.Signer;
import io.chapar.record.MessageRecord;
import io.chapar.trust.BatchSignatures;
import io.chapar.trust.PayloadKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Many messages in one upload. */
@Configuration(proxyBeanMethods = false)
public class BatchConfiguration {

    /** Of all batches under way together; more would take the straight way from those who send one by one. */
    private static final int MESSAGES_AT_ONCE = 8;

    private static final int BATCHES_AT_ONCE = 4;
    private static final int UPLOADS_AT_ONCE = 32;

    @Bean
    BatchSettings batchSettings(
            @Value("${chapar.batches.folder:${chapar.data:data}/batches}") Path folder,
            @Value("${chapar.batches.most-bytes:1073741824}") long mostBytes,
            @Value("${chapar.batches.most-messages:100000}") int mostMessages,
            @Value("${chapar.batches.largest-message:1048576}") int largestMessage,
            @Value("${chapar.batches.most-unpacked:4294967296}") long mostUnpacked,
            @Value("${chapar.batches.open-for-each:4}") int openForEach,
            @Value("${chapar.batches.kept:7d}") Duration kept,
            @Value("${chapar.batches.incomplete:3d}") Duration incomplete) {
        return new BatchSettings(
                folder,
                mostBytes,
                mostMessages,
                largestMessage,
                mostUnpacked,
                openForEach,
                UPLOADS_AT_ONCE,
                BATCHES_AT_ONCE,
                MESSAGES_AT_ONCE,
                kept,
                incomplete);
    }

    @Bean
    BatchKeeping batchKeeping(
            BatchSettings settings,
            StraightWay way,
            CallerIdentity identity,
            Catalogue catalogue,
            MessageRecord record,
            RefusedAttempts attempts,
            PayloadKeys keys,
            BatchSignatures signatures,
            Signer signer,
            Metrics metrics,
            Clock clock) {
        return new BatchKeeping(
                settings, way, identity, catalogue, record, attempts, keys, signatures, signer, metrics, clock);
    }

    @Bean
    BatchDoor batchDoor(BatchKeeping batches) {
        return batches.door();
    }

    /** What was not done when the gateway stopped goes on once the routes run. */
    @Bean
    ApplicationRunner batchesGoOn(BatchKeeping batches) {
        return settings -> batches.start();
    }
}
