package io.chapar.app.batch;

import io.chapar.message.PartyCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Which batch: the sender chose the id, so only all three together name one.
 *
 * @param exchange a code of the catalogue, which is harmless in a path
 */
public record BatchId(PartyCode party, String exchange, UUID id) {

    /** In the name of a file; no part of an id has it. */
    static final String BETWEEN = "~";

    private static final String UUID_FORM = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    Path folder(Path all) {
        return all.resolve(party.value()).resolve(exchange).resolve(id.toString());
    }

    /** As the name of a file that says that this batch is open. */
    String marker() {
        return party.value() + BETWEEN + exchange + BETWEEN + id;
    }

    static Optional<BatchId> ofMarker(String marker) {
        String[] parts = marker.split(BETWEEN, -1);
        return parts.length == 3 && parts[2].matches(UUID_FORM)
                ? Optional.of(new BatchId(new PartyCode(parts[0]), parts[1], UUID.fromString(parts[2])))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "batch/" + party + "/" + exchange + "/" + id;
    }
}
