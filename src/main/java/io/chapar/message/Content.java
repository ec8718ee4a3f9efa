package io.chapar.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;

/** Bytes, wherever they lie: in memory, in a store, or some here and some there. Read anew by each reader. */
public interface Content {

    long size();

    /** @throws IOException while it is opened or read; {@link ContentDamaged} when it is not what was written */
    InputStream open() throws IOException;

    /** Reads all of it and forgets it again. */
    default void verify() throws IOException {
        try (InputStream in = open()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** All of it in memory: for what is known to be small. */
    default byte[] bytes() {
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public byte[] bytes() {
                return bytes;
            }
        };
    }

    /** One behind the other; each is opened when the one before it was read. */
    static Content joined(List<Content> pieces) {
        return new Content() {
            @Override
            public long size() {
                return pieces.stream().mapToLong(Content::size).sum();
            }

            @Override
            public InputStream open() {
                return new Joined(pieces.iterator());
            }
        };
    }

    /** A sequence that tells what goes wrong when the next piece is opened. */
    final class Joined extends InputStream {
        private final Iterator<Content> left;
        private InputStream current = InputStream.nullInputStream();

        private Joined(Iterator<Content> left) {
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = current.read(into, offset, length);
            while (read < 0 && left.hasNext()) {
                current.close();
                current = left.next().open();
                read = current.read(into, offset, length);
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            current.close();
        }
    }
}
