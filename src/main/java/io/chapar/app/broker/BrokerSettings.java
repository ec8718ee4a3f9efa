package io.chapar.app.broker;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What can be set about the embedded broker.
 *
 * @param maxDiskUsage per cent of the disk that may be full before the broker takes nothing more; what is accepted then
 *     waits in the record
 * @param memory of all queues together; beyond it they page to disk
 * @param queueMemory of one queue before it pages to disk
 * @param idCache how many of the newest delivery ids a queue refuses to take twice
 * @param journalFile size of one journal file
 */
@ConfigurationProperties("chapar.broker")
public record BrokerSettings(
        @DefaultValue("95") int maxDiskUsage,
        @DefaultValue("64MB") DataSize memory,
        @DefaultValue("8MB") DataSize queueMemory,
        @DefaultValue("20000") int idCache,
        @DefaultValue("10MB") DataSize journalFile) {

    public BrokerSettings {
        require(maxDiskUsage >= 1 && maxDiskUsage <= 99, "max-disk-usage must be from 1 to 99 per cent");
        require(memory.toMegabytes() >= 8, "memory must be at least 8MB");
        require(queueMemory.toMegabytes() >= 1, "queue-memory must be at least 1MB");
        require(queueMemory.compareTo(memory) <= 0, "queue-memory must not exceed chapar.broker.memory");
        require(idCache >= 1000, "id-cache must be at least 1000");
        require(
                journalFile.toMegabytes() >= 1 && journalFile.toMegabytes() <= 1024,
                "journal-file must be from 1MB to 1GB");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("chapar.broker." + rule);
        }
    }
}
