package io.chapar.record;

import io.chapar.message.ContentDamaged;
import io.chapar.message.Digest;
import io.chapar.message.FileContent;
import io.chapar.trust.FileKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * An attachment in the store. Its bytes are opened anew by each reader, and never held as a whole.
 *
 * @param name by which the record refers to it: the day's folder and the file
 * @param size of what was sealed
 * @param digest of what was sealed
 */
record StoredFile(Path path, String name, FileKey key, long size, Digest digest) implements FileContent {

    private static final int HASH = 32;

    /** What the record keeps of it, sealed: the key, size and digest. */
    byte[] facts() {
        return ByteBuffer.allocate(FileKey.BYTES + Long.BYTES + HASH)
                .put(key.secret())
                .putLong(size)
                .put(digest.hash())
                .array();
    }

    /** The name as it stands in the record. */
    byte[] reference() {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    static StoredFile of(Path path, String name, byte[] facts) {
        ByteBuffer buffer = ByteBuffer.wrap(facts);
        byte[] secret = new byte[FileKey.BYTES];
        byte[] hash = new byte[HASH];
        buffer.get(secret);
        long size = buffer.getLong();
        buffer.get(hash);
        return new StoredFile(path, name, FileKey.of(secret), size, Digest.ofHash(hash));
    }

    @Override
    public InputStream open() throws IOException {
        try {
            return key.opening(Files.newInputStream(path));
        } catch (NoSuchFileException e) {
            throw new ContentDamaged("a stored file is missing: " + name);
        }
    }

    @Override
    public byte[] beginning() {
        try (InputStream in = open()) {
            return in.readNBytes(BEGINNING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
