package io.chapar.attachments;

import io.chapar.message.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A body of two parts, a document and a file, as a receiver reads it: without the gateway's own reader, and nothing is
 * sealed, which would take this process most of the test's time.
 */
record Parts(byte[] document, Digest file) {

    /** Of the body: the document and the headers of both parts stand within it. */
    private static final int BEGINNING = 1 << 16;

    private static final String BLANK_LINE = "\r\n\r\n";

    /** @throws IOException when it does not end as it began */
    static Parts of(byte[] body) throws IOException {
        String beginning = new String(body, 0, Math.min(body.length, BEGINNING), StandardCharsets.ISO_8859_1);
        String delimiter = "\r\n" + beginning.substring(0, beginning.indexOf("\r\n"));
        int document = beginning.indexOf(BLANK_LINE) + BLANK_LINE.length();
        int documentEnd = beginning.indexOf(delimiter, document);
        int file = beginning.indexOf(BLANK_LINE, documentEnd) + BLANK_LINE.length();
        byte[] end = (delimiter + "--\r\n").getBytes(StandardCharsets.ISO_8859_1);
        int fileEnd = body.length - end.length;
        if (documentEnd < 0 || !Arrays.equals(body, fileEnd, body.length, end, 0, end.length)) {
            throw new IOException("what came is not whole");
        }
        return new Parts(
                Arrays.copyOfRange(body, document, documentEnd), Digest.of(Arrays.copyOfRange(body, file, fileEnd)));
    }
}
