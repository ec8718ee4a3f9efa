package io.chapar.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file with a password or a PIN, and nothing else but white space around it. No copy stays in memory but what is returned. */
final class SecretFile {

    private SecretFile() {}

    /** @throws CharacterCodingException if it is no UTF-8: a PIN that is certainly wrong is not tried */
    static char[] read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CharBuffer all = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        int begin = 0;
        int end = all.length();
        while (begin < end && Character.isWhitespace(all.charAt(begin))) {
            begin++;
        }
        while (end > begin && Character.isWhitespace(all.charAt(end - 1))) {
            end--;
        }
        char[] secret = new char[end - begin];
        all.subSequence(begin, end).get(secret);
        Arrays.fill(all.array(), ' ');
        return secret;
    }
}
