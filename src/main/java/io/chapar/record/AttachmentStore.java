package io.chapar.record;

import io.chapar.message.FileContent;
import io.chapar.message.Passage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of attachments, which the nodes of one gateway share: a folder for each day, in it a file for each
 * attachment, sealed under a key that stands in the record, sealed under its message's key. So whoever has the folder
 * alone has nothing, and when a message's key is destroyed its files are as well.
 */
public final class AttachmentStore {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentStore.class);

    private final Path folder;
    private final Clock clock;

    private AttachmentStore(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** @throws IOException when the folder cannot be made or written */
    public static AttachmentStore open(Path folder, Clock clock) throws IOException {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "written", ".part"));
        } catch (IOException e) {
            throw new IOException(
                    "The folder of attachments cannot be written: " + folder.toAbsolutePath()
                            + ". Another one is named with chapar.attachments.folder",
                    e);
        }
        return new AttachmentStore(folder, clock);
    }

    Path folder() {
        return folder;
    }

    /** Takes one attachment in. */
    public IncomingFile incoming() {
        return new IncomingFile(this);
    }

    /** Deletes files of which nothing was recorded. What cannot be deleted now is swept later. */
    public void discard(Collection<Passage.Attachment> attachments) {
        for (Passage.Attachment attachment : attachments) {
            discard(attachment.content());
        }
    }

    /** Deletes a file of which nothing is recorded. What cannot be deleted now is swept later. */
    public void discard(FileContent content) {
        if (content instanceof StoredFile file) {
            discard(file);
        }
    }

    /** Keeps a file to which nothing refers from being swept for as long as if it were written now. */
    public void inUse(FileContent content) throws IOException {
        if (content instanceof StoredFile file) {
            Files.setLastModifiedTime(file.path(), now());
        }
    }

    /** By the clock that dates its files, which may be that of another machine: with no other may they be compared. */
    FileTime now() throws IOException {
        Path written = Files.createTempFile(folder, "now", ".part");
        try {
            return Files.getLastModifiedTime(written);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    void discard(StoredFile file) {
        try {
            Files.deleteIfExists(file.path());
        } catch (IOException e) {
            LOG.warn("a file that belongs to nothing could not be deleted, and is swept later: {}", e.toString());
        }
    }

    /**
     * @param reference as {@link StoredFile#reference} gave it
     * @param facts as {@link StoredFile#facts} gave them
     */
    StoredFile stored(byte[] reference, byte[] facts) {
        String name = new String(reference, StandardCharsets.US_ASCII);
        return StoredFile.of(folder.resolve(name), name, facts);
    }

    /** A name that no file had before, in a folder that is there. */
    String fresh() throws IOException {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        Path day = folder.resolve(today.toString());
        if (!Files.isDirectory(day)) {
            Files.createDirectories(day);
            makeDurable(folder);
        }
        return today + "/" + UUID.randomUUID();
    }

    /** The names in a folder are durable only when the folder was written as well. */
    static void makeDurable(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
