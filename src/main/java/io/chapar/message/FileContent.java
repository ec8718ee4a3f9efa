package io.chapar.message;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/** The content of a file, with what was learnt about it when it was taken in. */
public interface FileContent extends Content {

    /** So many first bytes are kept: enough to know a type by. */
    int BEGINNING = 64;

    Digest digest();

    /** The first bytes; all of a file that is shorter. */
    byte[] beginning();

    static FileContent of(byte[] bytes) {
        return new FileContent() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public Digest digest() {
                return Digest.of(bytes);
            }

            @Override
            public byte[] beginning() {
                return Arrays.copyOf(bytes, Math.min(bytes.length, BEGINNING));
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
}
