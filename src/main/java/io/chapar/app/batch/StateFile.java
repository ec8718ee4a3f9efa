package io.chapar.app.batch;

import io.chapar.app.door.JsonText;
import io.chapar.trust.HardenedJson;
import io.chapar.trust.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The facts of a batch on the disk: always one whole state of it, the old one or the new one. */
final class StateFile {

    static final String NAME = "state.json";

    private StateFile() {}

    static BatchFacts load(Path folder) throws IOException {
        try {
            Map<String, Object> says = HardenedJson.parse(Files.readAllBytes(folder.resolve(NAME)));
            return new BatchFacts(
                    Boolean.TRUE.equals(says.get("zip")),
                    BatchFacts.State.valueOf(text(says, "state")),
                    Optional.ofNullable((Long) says.get("total")),
                    Optional.ofNullable((String) says.get("signature")),
                    ((List<?>) says.getOrDefault("certificates", List.of()))
                            .stream().map(String::valueOf).toList(),
                    new BatchFacts.Key(text(says, "keyName"), text(says, "wrappedKey")),
                    Instant.parse(text(says, "changed")),
                    Optional.ofNullable((String) says.get("keptUntil")).map(Instant::parse),
                    new BatchFacts.Count(number(says, "messages"), number(says, "accepted"), number(says, "refused")),
                    Optional.ofNullable((String) says.get("problem")));
        } catch (Malformed | ClassCastException e) {
            throw new IOException("the state of a batch cannot be read from " + folder, e);
        }
    }

    /** Returns when it is on the disk. */
    static void save(BatchFacts facts, Path folder) throws IOException {
        Path fresh = folder.resolve(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(JsonText.write(written(facts)));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(folder);
    }

    /** Makes durable what was made or renamed in a folder. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Map<String, Object> written(BatchFacts facts) {
        Map<String, Object> says = new LinkedHashMap<>();
        says.put("zip", facts.zip());
        says.put("state", facts.state().name());
        facts.total().ifPresent(bytes -> says.put("total", bytes));
        facts.signature().ifPresent(jws -> says.put("signature", jws));
        says.put("certificates", facts.certificates());
        says.put("keyName", facts.key().name());
        says.put("wrappedKey", facts.key().wrapped());
        says.put("changed", facts.changed().toString());
        facts.keptUntil().ifPresent(until -> says.put("keptUntil", until.toString()));
        says.put("messages", facts.count().messages());
        says.put("accepted", facts.count().accepted());
        says.put("refused", facts.count().refused());
        facts.problem().ifPresent(jws -> says.put("problem", jws));
        return says;
    }

    private static String text(Map<String, Object> says, String name) throws IOException {
        if (says.get(name) instanceof String text) {
            return text;
        }
        throw new IOException("the state of a batch has no " + name);
    }

    private static long number(Map<String, Object> says, String name) throws IOException {
        if (says.get(name) instanceof Long number) {
            return number;
        }
        throw new IOException("the state of a batch has no " + name);
    }
}
