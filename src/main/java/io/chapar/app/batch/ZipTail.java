package io.chapar.app.batch;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * Bytes of a ZIP, of which the last are remembered: there stands how many entries it has. A ZIP that is broken in its
 * middle, or holds more than its own list says, is found out by that.
 */
final class ZipTail extends HeardInput {

    private static final int END = 22;
    private static final int LOCATOR = 20;
    private static final int END_64 = 56;
    private static final int KEPT = END + LOCATOR + END_64;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_64_SIGNATURE = 0x06064b50;
    private static final int SEE_64 = 0xFFFF;

    private final byte[] tail = new byte[KEPT];
    private long count;

    ZipTail(InputStream in) {
        super(in);
    }

    /** As the end of the ZIP says it, without a comment behind it; nothing where there is no such end. */
    OptionalLong entries() {
        ByteBuffer end = ByteBuffer.allocate(KEPT).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < KEPT; i++) {
            end.put(i, tail[(int) ((count + i) % KEPT)]);
        }
        int at = KEPT - END;
        if (count < END || end.getInt(at) != END_SIGNATURE || end.getShort(at + 20) != 0) {
            return OptionalLong.empty();
        }
        int entries = Short.toUnsignedInt(end.getShort(at + 10));
        if (entries < SEE_64) {
            return OptionalLong.of(entries);
        }
        return count >= KEPT && end.getInt(0) == END_64_SIGNATURE
                ? OptionalLong.of(end.getLong(32))
                : OptionalLong.of(entries);
    }

    @Override
    void heard(byte[] bytes, int offset, int length) {
        for (int i = Math.max(0, length - KEPT); i < length; i++) {
            tail[(int) ((count + i) % KEPT)] = bytes[offset + i];
        }
        count += length;
    }
}
