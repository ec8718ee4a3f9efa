package io.chapar.trust;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** Seals a file segment by segment. Which one is the last is known only when it is closed, so one is always in hand. */
final class SealedOutput extends OutputStream {

    private final FileKey key;
    private final OutputStream to;
    private final Cipher cipher;
    private final byte[] plain = new byte[FileKey.SEGMENT];
    private final byte[] sealed = new byte[FileKey.SEGMENT + FileKey.TAG];
    private int filled;
    private long segment;
    private boolean closed;

    SealedOutput(FileKey key, OutputStream to) {
        this.key = key;
        this.to = to;
        try {
            this.cipher = key.cipher();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (filled == plain.length) {
                seal(false);
            }
            int some = Math.min(end - at, plain.length - filled);
            System.arraycopy(bytes, at, plain, filled, some);
            filled += some;
            at += some;
        }
    }

    private void seal(boolean last) throws IOException {
        try {
            key.begin(cipher, Cipher.ENCRYPT_MODE, segment++, last);
            to.write(sealed, 0, cipher.doFinal(plain, 0, filled, sealed, 0));
            filled = 0;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a segment cannot be sealed", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        seal(true);
        to.flush();
    }
}
