package io.chapar.app.queue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes that a body of AMQP carries, read as they come: data sections one behind the other, or one value that is a string
 * or binary (AMQP 1.0 part 3, sections 3.2.6 and 3.2.8). A body of another form has none; it ends where something else begins,
 * and before a row of empty sections.
 */
final class AmqpBody extends InputStream {

    private static final int DESCRIBED = 0x00;
    private static final int SMALL_ULONG = 0x53;
    private static final int ULONG = 0x80;
    private static final long DATA = 0x75;
    private static final long VALUE = 0x77;
    private static final int SHORT_BINARY = 0xa0;
    private static final int SHORT_STRING = 0xa1;
    private static final int LONG_BINARY = 0xb0;
    private static final int LONG_STRING = 0xb1;

    /** Beside each section with bytes: nobody writes even one, and a hundred megabytes of them would be read for seconds. */
    private static final int MOST_EMPTY = 1_000;

    private final DataInputStream in;
    private long left;
    private int empty;
    private boolean over;

    /** @param in from the first section of the body on */
    AmqpBody(InputStream in) {
        this.in = new DataInputStream(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (left == 0 && !over) {
            over = empty++ > MOST_EMPTY || !section();
        }
        if (over) {
            return -1;
        }
        int read = in.read(into, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("a section of a body ends too early");
        }
        left -= read;
        empty = 0;
        return read;
    }

    /** Whether another section with bytes begins here. */
    private boolean section() throws IOException {
        if (in.read() != DESCRIBED) {
            return false;
        }
        long section = descriptor();
        if (section != DATA && section != VALUE) {
            return false;
        }
        switch (in.read()) {
            case SHORT_BINARY -> left = in.readUnsignedByte();
            case LONG_BINARY -> left = Integer.toUnsignedLong(in.readInt());
            case SHORT_STRING -> left = in.readUnsignedByte();
            case LONG_STRING -> left = Integer.toUnsignedLong(in.readInt());
            default -> {
                return false;
            }
        }
        return true;
    }

    private long descriptor() throws IOException {
        return switch (in.read()) {
            case SMALL_ULONG -> in.readUnsignedByte();
            case ULONG -> in.readLong();
            default -> -1;
        };
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
