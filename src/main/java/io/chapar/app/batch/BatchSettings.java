package io.chapar.app.batch;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What can be set about batches.
 *
 * @param folder in which they are kept, encrypted
 * @param mostBytes of one upload
 * @param mostMessages in one batch
 * @param largestMessage in bytes
 * @param mostUnpacked bytes of all entries of a ZIP together
 * @param openForEach how many batches a party may have that are not done
 * @param uploadsAtOnce of all parties together, of which one has at most as many as are still free; each holds a thread of
 *     the server for as long as its line takes
 * @param atOnce how many batches, each of another party, are worked on at a time
 * @param messagesAtOnce of all batches together on the straight way
 * @param kept how long a batch is kept after it is done
 * @param incomplete how long an upload may rest before it is forgotten
 */
public record BatchSettings(
        Path folder,
        long mostBytes,
        int mostMessages,
        int largestMessage,
        long mostUnpacked,
        int openForEach,
        int uploadsAtOnce,
        int atOnce,
        int messagesAtOnce,
        Duration kept,
        Duration incomplete) {

    public BatchSettings {
        positive("most-bytes", mostBytes);
        positive("most-messages", mostMessages);
        positive("largest-message", largestMessage);
        positive("most-unpacked", mostUnpacked);
        positive("open-for-each", openForEach);
        positive("uploads-at-once", uploadsAtOnce);
        positive("at-once", atOnce);
        positive("messages-at-once", messagesAtOnce);
        positive("kept", kept.toMillis());
        positive("incomplete", incomplete.toMillis());
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("chapar.batches." + name + " must be more than nothing");
        }
    }
}
