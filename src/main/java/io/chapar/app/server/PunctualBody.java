package io.chapar.app.server;

import io.chapar.app.door.BodyNotWhole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * A body that keeps a pace, and comes to its end. Between two bytes the server waits a little and no longer; but bytes
 * that drip would hold a thread, and what was stored of them, for as long as their sender likes. Of the pace only the time
 * counts that was spent waiting for the sender; of the end, all.
 */
final class PunctualBody implements InputBuffer {

    private final InputBuffer body;
    private final long length;
    private final BodyPlaces.Place place;
    private final Pace pace;
    private final BooleanSupplier endless;
    private final LongSupplier nanoTime;
    private final long end;
    private long came;
    private long waited;
    private boolean ended;

    /**
     * How slowly a body may come.
     *
     * @param patience that everybody has
     * @param bytesPerSecond which came, and give another second
     * @param longest until all has come, however fast
     */
    record Pace(Duration patience, long bytesPerSecond, Duration longest) {

        Pace {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("chapar.doors.slowest-body must be at least 1B");
            }
        }

        boolean kept(long waitedNanos, long bytes) {
            long seconds = Duration.ofNanos(waitedNanos).minus(patience).toSeconds();
            return seconds <= bytes / bytesPerSecond;
        }
    }

    /**
     * @param length of all of it, negative when that is not known before its end
     * @param place is given back when all has come
     * @param endless whether its reader takes as long as the pace is kept
     */
    PunctualBody(
            InputBuffer body,
            long length,
            BodyPlaces.Place place,
            Pace pace,
            BooleanSupplier endless,
            LongSupplier nanoTime) {
        this.body = body;
        this.length = length;
        this.place = place;
        this.pace = pace;
        this.endless = endless;
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + pace.longest().toNanos();
    }

    /** @throws BodyNotWhole when it breaks off, is chunked wrongly, or comes too slowly */
    @Override
    public int doRead(ApplicationBufferHandler to) throws IOException {
        return read(to, endless.getAsBoolean());
    }

    private int read(ApplicationBufferHandler to, boolean withoutEnd) throws IOException {
        long begin = nanoTime.getAsLong();
        if (!pace.kept(waited, came)) {
            throw new BodyNotWhole("it comes too slowly");
        }
        if (!withoutEnd && begin - end > 0) {
            throw new BodyNotWhole("it takes too long");
        }
        int read;
        try {
            read = body.doRead(to);
        } catch (IOException gone) {
            throw new BodyNotWhole(gone);
        }
        waited += nanoTime.getAsLong() - begin;
        came += Math.max(read, 0);
        if (read < 0 || came == length) {
            ended = true;
            place.giveBack();
        }
        return read;
    }

    /**
     * Reads the rest and keeps nothing of it: its sender may not listen before it has written all. For this, each has its
     * end.
     *
     * @param most bytes that are read, or a few more
     */
    void readAway(long most) throws IOException {
        Nowhere nowhere = new Nowhere();
        long from = came;
        while (!ended && came - from <= most) {
            read(nowhere, false);
        }
    }

    boolean ended() {
        return ended;
    }

    @Override
    public int available() {
        return body.available();
    }

    private static final class Nowhere implements ApplicationBufferHandler {

        private ByteBuffer bytes = EMPTY_BUFFER;

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // what is not kept needs no room
        }
    }
}
