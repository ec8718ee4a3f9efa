package io.chapar.scenario;

import io.chapar.message.Digest;
import io.chapar.trust.HardenedXml;
import io.chapar.trust.Malformed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes what a scenario sends: document, signature, attachments, envelope of HTTP. */
final class Sending {

    private static final ZoneId BAKU = ZoneId.of("Asia/Baku");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ScenarioFile scenario;
    private final Entry given;
    private final Pen pen;
    private final String tls;

    Sending(Gateway gateway, ScenarioFile scenario) {
        this.scenario = scenario;
        this.given = scenario.given();
        this.pen = new Pen(gateway, scenario);
        String wanted = given.text("tls", party(scenario));
        this.tls = List.of("revoked", "expired").contains(wanted) ? wanted + ":" + party(scenario) : wanted;
    }

    /** Who connects and signs. */
    static String party(ScenarioFile scenario) {
        return scenario.given()
                .text("party")
                .orElseGet(() -> sample(scenario).text("/header/sender").orElseThrow());
    }

    private static Path samples(ScenarioFile scenario) {
        return Path.of(
                scenario.given().text("schemas", "schemas"),
                scenario.sent(),
                scenario.given().text("version", "1.0"),
                "samples");
    }

    private static Paper sample(ScenarioFile scenario) {
        String name = scenario.given().text("sample", "minimal");
        Path file = samples(scenario).resolve(name + (scenario.json() ? ".json" : ".xml"));
        try {
            return Paper.of(Files.readAllBytes(file), scenario.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Malformed e) {
            throw new IllegalArgumentException(file + " is no document", e);
        }
    }

    /** The sample with ids and times of its own. */
    Paper paper() {
        Paper paper = sample(scenario);
        paper.put("/header/messageId", UUID.randomUUID().toString());
        paper.put("/header/conversationId", UUID.randomUUID().toString());
        if (paper.text("/header/orderingKey").isPresent()) {
            paper.put("/header/orderingKey", "key-" + UUID.randomUUID());
        }
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        paper.put("/header/nonce", Base64.getUrlEncoder().withoutPadding().encodeToString(nonce));
        paper.put(
                "/header/sentAt",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        OffsetDateTime.now(BAKU).truncatedTo(ChronoUnit.SECONDS)));
        return paper;
    }

    /** The files that go along; they are described in the document, so this comes before changing it. */
    List<Enclosure> enclosures(Paper paper) throws IOException {
        return Enclosure.of(given, paper, samples(scenario));
    }

    /** A body that is sent byte for byte. */
    Request literal(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Request request = request(bytes, scenario.json() ? "application/json" : "application/xml");
        return scenario.json() ? request.with(Pen.SIGNATURE, pen.detached(bytes)) : request;
    }

    Request request(Paper paper, List<Enclosure> enclosures) throws Malformed {
        byte[] unsigned = padded(paper.bytes());
        Pen.Signed signed = pen.sign(unsigned);
        byte[] document = signed.document();
        Digest bytes = Digest.of(document);
        Digest content = scenario.json() ? bytes : Digest.of(HardenedXml.canonical(HardenedXml.parse(unsigned)));
        Request request;
        if (scenario.soap()) {
            request = request(document, "application/soap+xml; charset=utf-8");
        } else if (enclosures.isEmpty()) {
            request = request(document, scenario.json() ? "application/json" : "application/xml");
            if (signed.jws().isPresent()) {
                request = request.with(Pen.SIGNATURE, signed.jws().get());
            }
        } else {
            request = multipart(document, signed.jws(), enclosures);
        }
        return request.digests(content, bytes);
    }

    private byte[] padded(byte[] document) {
        byte[] padded = Arrays.copyOf(document, document.length + given.number("padding", 0));
        Arrays.fill(padded, document.length, padded.length, (byte) ' ');
        return padded;
    }

    private Request request(byte[] body, String usualType) {
        String path = entrance() + given.text("address", scenario.sent());
        Request request = Request.post(path, tls, java.util.Map.of(), body)
                .with("Content-Type", given.text("contentType", usualType));
        return given.text("acceptHeader")
                .map(accept -> request.with("Accept", accept))
                .orElse(request);
    }

    private String entrance() {
        if (scenario.soap()) {
            return "/ws/";
        }
        return scenario.queue() ? QueueWire.PATH : "/api/v1/exchanges/";
    }

    /** RFC 2387: the signed document first, then the files that it names. */
    private Request multipart(byte[] document, Optional<String> jws, List<Enclosure> enclosures) {
        String type = scenario.json() ? "application/json" : "application/xml";
        String boundary = "scenario-" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream(2 * document.length
                + enclosures.stream().mapToInt(file -> file.bytes().length).sum());
        String line = jws.map(value -> Pen.SIGNATURE + ": " + value + "\r\n").orElse("");
        text(body, "--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-ID: <document>\r\n" + line + "\r\n");
        body.writeBytes(document);
        for (Enclosure enclosure : enclosures) {
            text(
                    body,
                    "\r\n--" + boundary + "\r\nContent-Type: " + enclosure.mediaType() + "\r\nContent-ID: <"
                            + enclosure.contentId() + ">\r\n\r\n");
            body.writeBytes(enclosure.bytes());
        }
        text(body, "\r\n--" + boundary + "--\r\n");
        return request(body.toByteArray(), "multipart/related; type=\"" + type + "\"; boundary=\"" + boundary + "\"");
    }

    private static void text(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
