package io.chapar.app.batch;

import io.chapar.trust.MessageKey;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a file of a batch is written: segments, each sealed with its place, so that none can be altered or moved, each behind
 * its length in four bytes.
 */
final class Segments {

    /** A length of 4 bytes, a nonce of 12 and a tag of 16. */
    static final int MORE = 32;

    private static final int LENGTH = 4;

    private final MessageKey key;
    private final byte[] identity;
    private final int largest;

    /** @param identity what the file is: the segments of another do not open as its */
    Segments(MessageKey key, String identity, int largest) {
        this.key = key;
        this.identity = identity.getBytes(StandardCharsets.UTF_8);
        this.largest = largest;
    }

    /** A segment as it is written. */
    ByteBuffer seal(byte[] bytes, int offset, int length, long number) {
        byte[] sealed = key.seal(Arrays.copyOfRange(bytes, offset, offset + length), place(number));
        return ByteBuffer.allocate(LENGTH + sealed.length)
                .putInt(sealed.length)
                .put(sealed)
                .flip();
    }

    /** The content of a segment; nothing where none is whole and unaltered. */
    byte[] open(FileChannel file, long at, long number, long limit) throws IOException {
        if (at + MORE >= limit) {
            return new byte[0];
        }
        int length = bytes(file, at, LENGTH).getInt();
        if (length + LENGTH <= MORE || length > largest + MORE || at + LENGTH + length > limit) {
            return new byte[0];
        }
        byte[] sealed = bytes(file, at + LENGTH, length).array();
        try {
            return key.open(sealed, place(number));
        } catch (IllegalStateException altered) {
            // Not written to its end, or by somebody else: either way it was never told to be there.
            return new byte[0];
        }
    }

    private byte[] place(long number) {
        return ByteBuffer.allocate(identity.length + Long.BYTES)
                .put(identity)
                .putLong(number)
                .array();
    }

    private static ByteBuffer bytes(FileChannel file, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("a file of a batch ends too early");
            }
        }
        return buffer.flip();
    }
}
