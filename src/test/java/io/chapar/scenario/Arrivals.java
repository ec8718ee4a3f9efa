package io.chapar.scenario;

import io.chapar.message.PartyCode;
import io.chapar.sandbox.agency.Content;
import io.chapar.sandbox.agency.Register;
import io.chapar.sandbox.agency.Witness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What the agencies were given, as they read it after they had verified it; and what their registers know. */
final class Arrivals implements Witness, Register {

    private record Place(String receiver, String messageId) {}

    private final Map<Place, Map<UUID, Content>> read = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> found = new ConcurrentHashMap<>();

    /** What was delivered to this receiver under this message, by the ids of the deliveries. */
    Map<UUID, Content> of(String receiver, String messageId) {
        return read.getOrDefault(new Place(receiver, messageId), Map.of());
    }

    /** What was delivered to this receiver of this exchange in this conversation. */
    List<Content> inConversation(String receiver, String exchange, String conversationId) {
        return read.entrySet().stream()
                .filter(entry -> entry.getKey().receiver().equals(receiver))
                .flatMap(entry -> entry.getValue().values().stream())
                .filter(content -> content.text("/header/exchange").equals(Optional.of(exchange)))
                .filter(content -> content.text("/header/conversationId").equals(Optional.of(conversationId)))
                .toList();
    }

    /** What will be found by the question of this conversation. */
    void knows(String conversationId, Map<String, Object> content) {
        found.put(conversationId, content);
    }

    @Override
    public Optional<Map<String, Object>> find(Content question) {
        return question.text("/header/conversationId").map(found::get);
    }

    @Override
    public void read(PartyCode receiver, UUID deliveryId, Content content) {
        content.text("/header/messageId")
                .ifPresent(
                        id -> read.computeIfAbsent(new Place(receiver.value(), id), place -> new ConcurrentHashMap<>())
                                .put(deliveryId, content));
    }

    @Override
    public void received(PartyCode receiver, PartyCode sender, UUID messageId, String exchange, boolean first) {
        // what it said was read already
    }

    @Override
    public void acknowledged(UUID deliveryId, PartyCode sender, UUID messageId, String exchange) {
        // the gateway's own history says whether it was taken as one
    }

    @Override
    public void turnedAway(PartyCode receiver, String why) {
        // seen in the gateway's history too
    }
}
