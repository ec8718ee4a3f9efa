package io.chapar.app.door;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A body that may take only so long in all. Between two bytes the server waits a little and no longer; but bytes that drip
 * would hold a thread, and what was stored of them, for as long as their sender likes.
 */
final class PunctualInput extends FilterInputStream {

    private final LongSupplier nanoTime;
    private final long end;

    PunctualInput(InputStream in, Duration longest, LongSupplier nanoTime) {
        super(in);
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + longest.toNanos();
    }

    @Override
    public int read() throws IOException {
        inTime();
        return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        inTime();
        return super.read(into, offset, length);
    }

    private void inTime() throws IOException {
        if (nanoTime.getAsLong() - end > 0) {
            throw new InterruptedIOException("the body took too long");
        }
    }
}
