package io.chapar.sandbox.sample;

import io.chapar.message.Agreement;
import io.chapar.message.Digest;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Nonces;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One sample of an exchange, in both formats, with the files that it names.
 *
 * @param content as the JSON says it
 */
public record Sample(
        Agreement agreement,
        String name,
        byte[] xml,
        byte[] json,
        Map<String, Object> content,
        List<Passage.Attachment> attachments) {

    /** Reads the samples of an exchange, in the order of their names. */
    public static List<Sample> of(Agreement agreement, Path schemas) throws IOException, Malformed {
        Path folder = schemas.resolve(agreement.exchange().exchange())
                .resolve(agreement.exchange().version())
                .resolve("samples");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<Sample> samples = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString().replace(".json", "");
            byte[] json = Files.readAllBytes(file);
            Map<String, Object> content = HardenedJson.parse(json);
            samples.add(new Sample(
                    agreement,
                    name,
                    Files.readAllBytes(folder.resolve(name + ".xml")),
                    json,
                    content,
                    attachments(content, folder.resolve("attachments"))));
        }
        return samples;
    }

    private static List<Passage.Attachment> attachments(Map<String, Object> content, Path folder) throws IOException {
        List<Passage.Attachment> found = new ArrayList<>();
        Content document = Content.of(content);
        for (int i = 0; document.text("/attachment/" + i + "/contentId").isPresent(); i++) {
            String element = "/attachment/" + i;
            String id = document.must(element + "/contentId");
            try (Stream<Path> files = Files.list(folder)) {
                Path file = files.filter(each -> each.getFileName().toString().startsWith(id + "."))
                        .findFirst()
                        .orElseThrow(() -> new IOException("there is no file " + id + " in " + folder));
                byte[] bytes = Files.readAllBytes(file);
                if (!Digest.of(bytes).value().equals(document.must(element + "/digest"))) {
                    throw new IOException(file + " is not what the sample describes");
                }
                found.add(new Passage.Attachment(id, document.must(element + "/mediaType"), bytes));
            }
        }
        return found;
    }

    public PartyCode sender() {
        return Content.of(content).sender();
    }

    /** The sample as a new message: its id, nonce and time are fresh, all else is as it lies there. */
    public Written fresh(Format format, Instant now) throws Malformed {
        return with(format, now, Map.of());
    }

    /** @param others elements that are to say something else, by their names; the first of that name is meant */
    public Written with(Format format, Instant now, Map<String, String> others) throws Malformed {
        UUID id = UUID.randomUUID();
        byte[] sample = format == Format.JSON ? json : xml;
        String text = new String(sample, StandardCharsets.UTF_8);
        text = put(text, format, "messageId", id.toString());
        text = put(text, format, "nonce", Nonces.next());
        text = put(text, format, "sentAt", now.truncatedTo(ChronoUnit.SECONDS).toString());
        for (Map.Entry<String, String> other : others.entrySet()) {
            text = put(text, format, other.getKey(), other.getValue());
        }
        byte[] document = text.getBytes(StandardCharsets.UTF_8);
        if (format == Format.XML) {
            document = HardenedXml.serialise(HardenedXml.parse(document));
        }
        return new Written(new Draft(agreement.exchange(), sender(), id, content, attachments), format, document);
    }

    /** The sample as what an agency wants to say: a new message, in a conversation of its own. */
    public Draft draft(Instant now) {
        UUID id = UUID.randomUUID();
        Map<String, Object> fresh = Map.of(
                "messageId", id.toString(),
                "conversationId", UUID.randomUUID().toString(),
                "nonce", Nonces.next(),
                "sentAt", now.truncatedTo(ChronoUnit.SECONDS).toString());
        Map<String, Object> header = new LinkedHashMap<>();
        if (content.get("header") instanceof Map<?, ?> old) {
            old.forEach((name, value) -> header.put(name.toString(), fresh.getOrDefault(name, value)));
        }
        Map<String, Object> document = new LinkedHashMap<>(content);
        document.put("header", header);
        return new Draft(agreement.exchange(), sender(), id, document, attachments);
    }

    private static String put(String text, Format format, String name, String value) {
        Pattern place = format == Format.JSON
                ? Pattern.compile("(\"" + name + "\"\\s*:\\s*\")[^\"]*(\")")
                : Pattern.compile("(<" + name + ">)[^<]*(</" + name + ">)");
        Matcher found = place.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("a sample without " + name);
        }
        return text.substring(0, found.end(1)) + value + text.substring(found.start(2));
    }
}
