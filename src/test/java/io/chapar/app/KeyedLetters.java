package io.chapar.app;

import io.chapar.message.Signer;
import io.chapar.sandbox.post.Draft;
import io.chapar.sandbox.post.Drafts;
import io.chapar.sandbox.post.Form;
import io.chapar.sandbox.post.Letter;
import io.chapar.sandbox.post.Letters;
import io.chapar.sandbox.post.Nonces;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Letters of the register about numbers it assigned, with an ordering key or without. */
public final class KeyedLetters {

    private final Signer register;
    private final AtomicLong births = new AtomicLong();
    private final Map<String, List<UUID>> byKey = new LinkedHashMap<>();

    public KeyedLetters(Signer register) {
        this.register = register;
    }

    public Letter next(Optional<String> orderingKey) {
        Draft plain = Drafts.numberAssigned(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                births.incrementAndGet(),
                Nonces.next(),
                Clock.systemUTC().instant());
        Map<String, Object> content = new LinkedHashMap<>(plain.content());
        if (content.get("header") instanceof Map<?, ?> header) {
            Map<Object, Object> keyed = new LinkedHashMap<>(header);
            orderingKey.ifPresent(key -> keyed.put("orderingKey", key));
            content.put("header", keyed);
        }
        orderingKey.ifPresent(
                key -> byKey.computeIfAbsent(key, none -> new ArrayList<>()).add(plain.messageId()));
        Draft draft = new Draft(plain.exchange(), plain.sender(), plain.messageId(), content);
        return Letters.of(draft, Form.REST_JSON, register);
    }

    /** The messages of each ordering key, in the order in which they were written. */
    public Map<String, List<UUID>> byKey() {
        return byKey;
    }
}
