package io.chapar.app.batch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Hears every byte that is read through it, once and in order: nothing can be skipped or read again. */
abstract class HeardInput extends FilterInputStream {

    HeardInput(InputStream bytes) {
        super(bytes);
    }

    /** @param count at least one */
    abstract void heard(byte[] bytes, int offset, int count);

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public final int read(byte[] to, int offset, int length) throws IOException {
        int count = in.read(to, offset, length);
        if (count > 0) {
            heard(to, offset, count);
        }
        return count;
    }

    @Override
    public final long skip(long count) throws IOException {
        throw new IOException("a batch is read, not skipped");
    }

    @Override
    public final boolean markSupported() {
        return false;
    }
}
