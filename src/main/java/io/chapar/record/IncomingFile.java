package io.chapar.record;

import io.chapar.message.Digest;
import io.chapar.message.FileContent;
import io.chapar.trust.FileKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attachment while it comes in. What is small stays in memory and goes into the record with its document: a file of
 * its own, and making it durable, would cost more than it holds. Everything else is sealed on its way into the store.
 */
public final class IncomingFile implements AutoCloseable {

    /** Up to so many bytes are small. */
    static final int SMALL = 1 << 16;

    private final AttachmentStore store;
    private final MessageDigest digest;
    private final ByteArrayOutputStream small = new ByteArrayOutputStream();
    private long size;
    private @Nullable Target target;

    /** Where it goes, once it is not small any more. */
    private record Target(String name, Path path, FileKey key, FileChannel channel, OutputStream sealing) {}

    IncomingFile(AttachmentStore store) {
        this.store = store;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** How much came in until now. */
    public long size() {
        return size;
    }

    /** @throws IOException when the store cannot take it */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        digest.update(bytes, offset, length);
        size += length;
        if (target == null && size <= SMALL) {
            small.write(bytes, offset, length);
            return;
        }
        Target to = target;
        if (to == null) {
            to = begin();
            target = to;
            small.writeTo(to.sealing());
            small.reset();
        }
        to.sealing().write(bytes, offset, length);
    }

    private Target begin() throws IOException {
        String name = store.fresh();
        Path path = store.folder().resolve(name + ".part");
        FileKey key = FileKey.fresh();
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Target(name, path, key, channel, key.sealing(Channels.newOutputStream(channel)));
    }

    /** All of it came. What is returned from here is durable, or small. */
    public FileContent complete() throws IOException {
        Target to = target;
        if (to == null) {
            return FileContent.of(small.toByteArray());
        }
        to.sealing().close();
        to.channel().force(true);
        to.channel().close();
        Path path = store.folder().resolve(to.name());
        Files.move(to.path(), path, StandardCopyOption.ATOMIC_MOVE);
        target = null;
        StoredFile stored = new StoredFile(path, to.name(), to.key(), size, Digest.ofHash(digest.digest()));
        try {
            AttachmentStore.makeDurable(Objects.requireNonNull(path.getParent()));
        } catch (IOException e) {
            store.discard(stored);
            throw e;
        }
        return stored;
    }

    /** Unless it was completed, nothing of it stays. */
    @Override
    public void close() throws IOException {
        Target to = target;
        if (to != null) {
            target = null;
            to.channel().close();
            Files.deleteIfExists(to.path());
        }
    }
}
