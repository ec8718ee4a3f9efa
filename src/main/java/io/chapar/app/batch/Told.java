package io.chapar.app.batch;

import io.chapar.app.door.JsonText;
import io.chapar.app.door.ProblemDocument;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Signer;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of one message of a batch, as a line of JSON.
 *
 * @param line with its line feed
 */
record Told(byte[] line, boolean accepted) {

    static final String PROBLEM = "chapar-problem+jwt";

    /** Written first in each line. */
    private static final String NUMBER = "line";

    private static final byte[] BEGINNING = ("{\"" + NUMBER + "\":").getBytes(StandardCharsets.US_ASCII);

    static Told of(Part part, Passage.Outcome outcome, Signer signer) {
        Map<String, Object> says = new LinkedHashMap<>();
        says.put(NUMBER, part.number());
        part.name().ifPresent(name -> says.put("entry", name));
        if (outcome instanceof Passage.Recorded recorded) {
            says.put("status", recorded.repeat() ? 200 : 202);
            says.put("messageId", recorded.receipt().messageId().toString());
            says.put("receipt", new String(recorded.jws(), StandardCharsets.US_ASCII));
            return new Told(line(says), true);
        }
        if (outcome instanceof Passage.Refused refused) {
            ProblemCode code = refused.problem().code();
            says.put("status", code.status());
            refused.messageId().ifPresent(id -> says.put("messageId", id.toString()));
            String jws = jws(refused, signer);
            says.put("problem", problem(jws));
            says.put("problemJws", jws);
            return new Told(line(says), false);
        }
        throw new IllegalStateException("a batch is for messages that nobody answers");
    }

    /** The problem, signed with the words that it has everywhere. */
    static String jws(Passage.Refused refused, Signer signer) {
        ProblemDocument document = new ProblemDocument(
                refused.problem(), refused.messageId(), refused.arrived().traceId());
        return signer.compactJws(PROBLEM, document.json());
    }

    /** What a problem says, for who does not want to take its signature apart. */
    static Map<String, Object> problem(String jws) {
        try {
            return HardenedJson.parse(Base64.getUrlDecoder().decode(jws.split("\\.", -1)[1]));
        } catch (Malformed e) {
            throw new IllegalStateException("a problem of ours is JSON", e);
        }
    }

    /** The number of the message that a line is about, and whether it has a receipt. */
    record Place(long number, boolean accepted) {}

    static Place read(byte[] line) {
        try {
            Map<String, Object> says = HardenedJson.parse(line);
            return new Place(((Number) says.getOrDefault(NUMBER, 0L)).longValue(), says.containsKey("receipt"));
        } catch (Malformed e) {
            throw new IllegalStateException("a line of ours is JSON", e);
        }
    }

    /** Copies the lines about messages of this number or above. */
    static void copy(InputStream results, long from, OutputStream to) throws IOException {
        if (from <= 1) {
            results.transferTo(to);
            return;
        }
        Lines lines = new Lines(results, SealedFile.LARGEST_SEGMENT);
        for (Optional<Part> line = lines.next(); line.isPresent(); line = lines.next()) {
            byte[] bytes = line.get().bytes();
            if (number(bytes) >= from) {
                to.write(bytes);
                to.write('\n');
            }
        }
    }

    /** Without reading all that follows it: to look for the last line of a large batch would cost seconds. */
    static long number(byte[] line) {
        if (!Arrays.equals(BEGINNING, Arrays.copyOf(line, BEGINNING.length))) {
            throw new IllegalStateException("a line of ours begins with the number of its message");
        }
        long number = 0;
        for (int at = BEGINNING.length; at < line.length && line[at] >= '0' && line[at] <= '9'; at++) {
            number = 10 * number + line[at] - '0';
        }
        return number;
    }

    private static byte[] line(Map<String, Object> says) {
        byte[] json = JsonText.write(says);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}
