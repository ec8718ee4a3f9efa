package io.chapar.app.batch;

import io.chapar.trust.MessageKey;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows, encrypted. One thread at a time writes; others read what is on the disk. */
final class SealedFile implements Closeable {

    /** What is appended at once has at most so many bytes; it becomes one segment. */
    static final int LARGEST_SEGMENT = 4 << 20;

    private final Path path;
    private final FileChannel channel;
    private final Segments segments;
    private long count;
    private long size;
    private long end;
    private volatile long durable;

    private SealedFile(Path path, FileChannel channel, Segments segments) {
        this.path = path;
        this.channel = channel;
        this.segments = segments;
    }

    /**
     * Opens a file, or makes it. What a crash left half written at its end is cut off, so each segment is opened once.
     *
     * @param identity what it is: a file of another identity does not open
     */
    static SealedFile open(Path path, MessageKey key, String identity) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        SealedFile file = new SealedFile(path, channel, new Segments(key, identity, LARGEST_SEGMENT));
        try {
            byte[] segment = file.segments.open(channel, 0, 0, channel.size());
            while (segment.length > 0) {
                file.grow(segment.length);
                segment = file.segments.open(channel, file.end, file.count, channel.size());
            }
            channel.truncate(file.end);
            file.force();
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** What is in a file to which nothing is appended any more; nothing, where there is no file. */
    static InputStream read(Path path, MessageKey key, String identity) throws IOException {
        if (Files.notExists(path)) {
            return InputStream.nullInputStream();
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        return new Content(channel, new Segments(key, identity, LARGEST_SEGMENT), channel.size());
    }

    /** Of what was appended, whether or not it is on the disk. */
    long size() {
        return size;
    }

    void append(byte[] bytes, int offset, int length) throws IOException {
        if (length < 1 || length > LARGEST_SEGMENT) {
            throw new IllegalArgumentException("a segment has 1 to " + LARGEST_SEGMENT + " bytes");
        }
        ByteBuffer segment = segments.seal(bytes, offset, length, count);
        long at = end;
        while (segment.hasRemaining()) {
            at += channel.write(segment, at);
        }
        grow(length);
    }

    private void grow(int length) {
        end += Segments.MORE + length;
        size += length;
        count++;
    }

    /** Returns when all of it is on the disk; what is read is always on the disk. */
    void force() throws IOException {
        if (durable != end) {
            channel.force(false);
            durable = end;
        }
    }

    /** Begins from nothing again. */
    void clear() throws IOException {
        durable = 0;
        count = 0;
        size = 0;
        end = 0;
        channel.truncate(0);
        channel.force(false);
    }

    /** What is on the disk now, from its beginning. Meanwhile more may be appended, and this file be closed. */
    InputStream read() throws IOException {
        return new Content(FileChannel.open(path, StandardOpenOption.READ), segments, durable);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static final class Content extends InputStream {
        private final FileChannel file;
        private final Segments segments;
        private final long limit;
        private long at;
        private long number;
        private byte[] plain = new byte[0];
        private int next;

        Content(FileChannel file, Segments segments, long limit) {
            this.file = file;
            this.segments = segments;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (next == plain.length && !more()) {
                return -1;
            }
            int count = Math.min(length, plain.length - next);
            System.arraycopy(plain, next, to, offset, count);
            next += count;
            return count;
        }

        private boolean more() throws IOException {
            if (at >= limit) {
                return false;
            }
            plain = segments.open(file, at, number, limit);
            if (plain.length == 0) {
                throw new IOException("a file of a batch was altered");
            }
            at += Segments.MORE + plain.length;
            number++;
            next = 0;
            return true;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
