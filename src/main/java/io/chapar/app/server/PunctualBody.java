package io.chapar.app.server;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * A body that keeps a pace. Between two bytes the server waits a little and no longer; but bytes that drip would hold a
 * thread for as long as their sender likes. Only the time counts that was spent waiting for the sender.
 */
final class PunctualBody implements InputBuffer {

    private final InputBuffer body;
    private final long length;
    private final BodyPlaces.Place place;
    private final Pace pace;
    private final LongSupplier nanoTime;
    private long came;
    private long waited;
    private boolean ended;

    /**
     * How slowly a body may come.
     *
     * @param patience that everybody has
     * @param bytesPerSecond which came, and give another second
     */
    record Pace(Duration patience, long bytesPerSecond) {

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
     */
    PunctualBody(InputBuffer body, long length, BodyPlaces.Place place, Pace pace, LongSupplier nanoTime) {
        this.body = body;
        this.length = length;
        this.place = place;
        this.pace = pace;
        this.nanoTime = nanoTime;
    }

    /** @throws SocketTimeoutException when it comes too slowly */
    @Override
    public int doRead(ApplicationBufferHandler to) throws IOException {
        if (!pace.kept(waited, came)) {
            throw new SocketTimeoutException("the body comes too slowly");
        }
        long begin = nanoTime.getAsLong();
        int read = body.doRead(to);
        waited += nanoTime.getAsLong() - begin;
        came += Math.max(read, 0);
        if (read < 0 || came == length) {
            ended = true;
            place.giveBack();
        }
        return read;
    }

    /** Reads the rest and keeps nothing of it: its sender may not listen before it has written all. */
    void readAway(long most) throws IOException {
        Nowhere nowhere = new Nowhere();
        long from = came;
        while (!ended && came - from <= most) {
            doRead(nowhere);
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
