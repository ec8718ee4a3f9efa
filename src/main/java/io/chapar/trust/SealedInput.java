package io.chapar.trust;

import io.chapar.message.ContentDamaged;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/** Opens a sealed file segment by segment. No byte is given out that was not proven to be the right one at its place. */
final class SealedInput extends InputStream {

    private final FileKey key;
    private final InputStream from;
    private final Cipher cipher;
    /** One byte more than a segment: with it, it is not the last. */
    private final byte[] sealed = new byte[FileKey.SEGMENT + FileKey.TAG + 1];

    private final byte[] plain = new byte[FileKey.SEGMENT];
    private int ahead;
    private int at;
    private int end;
    private long segment;
    private boolean over;

    SealedInput(FileKey key, InputStream from) {
        this.key = key;
        this.from = from;
        try {
            this.cipher = key.cipher();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    @Override
    public int read() throws IOException {
        return more() ? plain[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int some = Math.min(length, end - at);
        System.arraycopy(plain, at, into, offset, some);
        at += some;
        return some;
    }

    private boolean more() throws IOException {
        while (at == end && !over) {
            open();
        }
        return at < end;
    }

    private void open() throws IOException {
        int read = ahead + from.readNBytes(sealed, ahead, sealed.length - ahead);
        boolean last = read < sealed.length;
        int length = last ? read : read - 1;
        if (length < FileKey.TAG) {
            throw new ContentDamaged("a stored file ends before its end");
        }
        at = 0;
        end = 0;
        try {
            key.begin(cipher, Cipher.DECRYPT_MODE, segment++, last);
            end = cipher.doFinal(sealed, 0, length, plain, 0);
        } catch (AEADBadTagException e) {
            throw new ContentDamaged("a stored file was altered, or is another's");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a segment cannot be opened", e);
        }
        over = last;
        ahead = 0;
        if (!last) {
            sealed[0] = sealed[length];
            ahead = 1;
        }
    }

    @Override
    public void close() throws IOException {
        from.close();
    }
}
