package io.chapar.scenario;

import io.chapar.message.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A file that is sent with a document. */
record Enclosure(String contentId, String mediaType, byte[] bytes) {

    private static final String PDF = "application/pdf";
    private static final Map<String, String> BEGINNINGS = Map.of(
            "pdf", "%PDF-1.4\n",
            "png", "\211PNG\r\n\032\n",
            "zip", "PK\3\4",
            "html", "<!DOCTYPE html><script>alert('%PDF-1.4')</script>",
            "exe", "MZ\0\3");
    private static final int USUAL_SIZE = 128;

    /** Makes what is to be sent, and describes it in the document. */
    static List<Enclosure> of(Entry given, Paper paper, Path samples) throws IOException {
        List<Enclosure> enclosures = new ArrayList<>();
        if (!given.has("attachments")) {
            for (String element : paper.attachments()) {
                String id = paper.text(element + "/contentId").orElseThrow();
                byte[] file = file(samples, id);
                describe(paper, id, PDF, file);
                enclosures.add(new Enclosure(id, PDF, file));
            }
            return enclosures;
        }
        for (Entry part : given.entries("attachments")) {
            String id = part.text("contentId").orElseThrow();
            String mediaType = part.text("mediaType", PDF);
            byte[] bytes = part.has("bytes") || part.has("content") ? made(part) : file(samples, id);
            describe(paper, id, mediaType, bytes);
            byte[] sent = bytes.clone();
            if (part.has("tamper")) {
                sent[sent.length - 1] ^= 1;
            }
            enclosures.add(new Enclosure(id, mediaType, sent));
        }
        return enclosures;
    }

    private static byte[] made(Entry part) {
        byte[] beginning =
                BEGINNINGS.getOrDefault(part.text("content", "pdf"), "").getBytes(StandardCharsets.ISO_8859_1);
        // A megabyte more than this gateway takes is too large as well, and still under way when it is refused.
        return Arrays.copyOf(beginning, Math.min(part.number("bytes", USUAL_SIZE), Gateway.LARGEST_FILE + (1 << 20)));
    }

    private static byte[] file(Path samples, String contentId) throws IOException {
        return Files.readAllBytes(samples.resolve("attachments").resolve(contentId + ".pdf"));
    }

    private static void describe(Paper paper, String contentId, String mediaType, byte[] bytes) {
        for (String element : paper.attachments()) {
            if (paper.text(element + "/contentId").filter(contentId::equals).isPresent()) {
                paper.put(element + "/digest", Digest.of(bytes).value());
                paper.put(element + "/mediaType", mediaType);
                paper.put(element + "/size", bytes.length);
            }
        }
    }
}
