package io.chapar.scenario;

import io.chapar.message.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file that is sent with a document. */
record Enclosure(String contentId, byte[] bytes) {

    static final String MEDIA_TYPE = "application/pdf";
    private static final byte[] BEGINNING = "%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII);

    /** Makes what is to be sent, and describes it in the document. */
    static List<Enclosure> of(Entry given, Paper paper, Path samples) throws IOException {
        List<Enclosure> enclosures = new ArrayList<>();
        if (!given.has("attachments")) {
            for (String element : paper.attachments()) {
                String id = paper.text(element + "/contentId").orElseThrow();
                byte[] file = file(samples, id);
                describe(paper, id, file);
                enclosures.add(new Enclosure(id, file));
            }
            return enclosures;
        }
        for (Entry part : given.entries("attachments")) {
            String id = part.text("contentId").orElseThrow();
            int size = part.number("bytes", 0);
            byte[] bytes = size > 0 ? Arrays.copyOf(BEGINNING, size) : file(samples, id);
            describe(paper, id, bytes);
            byte[] sent = bytes.clone();
            if (part.has("tamper")) {
                sent[sent.length - 1] ^= 1;
            }
            enclosures.add(new Enclosure(id, sent));
        }
        return enclosures;
    }

    private static byte[] file(Path samples, String contentId) throws IOException {
        return Files.readAllBytes(samples.resolve("attachments").resolve(contentId + ".pdf"));
    }

    private static void describe(Paper paper, String contentId, byte[] bytes) {
        for (String element : paper.attachments()) {
            if (paper.text(element + "/contentId").filter(contentId::equals).isPresent()) {
                paper.put(element + "/digest", Digest.of(bytes).value());
                paper.put(element + "/mediaType", MEDIA_TYPE);
                paper.put(element + "/size", bytes.length);
            }
        }
    }
}
