package io.chapar.record;

import io.chapar.message.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An event as bytes: JSON with sorted names and no white space (RFC 8785), of ids, codes, digests and times. Nothing
 * that a sender or receiver wrote freely ever enters.
 */
public final class EventBytes {

    private final Map<String, String> members = new TreeMap<>();

    private EventBytes(String kind, Instant at) {
        text("event", kind);
        text("at", at.truncatedTo(ChronoUnit.MICROS).toString());
    }

    public static EventBytes of(String kind, Instant at) {
        return new EventBytes(kind, at);
    }

    public EventBytes text(String name, String value) {
        members.put(name, quoted(value));
        return this;
    }

    public EventBytes id(String name, UUID value) {
        members.put(name, '"' + value.toString() + '"');
        return this;
    }

    public EventBytes id(String name, Optional<UUID> value) {
        value.ifPresent(present -> id(name, present));
        return this;
    }

    public EventBytes digest(String name, Digest value) {
        members.put(name, '"' + value.value() + '"');
        return this;
    }

    public EventBytes number(String name, long value) {
        members.put(name, Long.toString(value));
        return this;
    }

    public EventBytes flag(String name, boolean value) {
        members.put(name, Boolean.toString(value));
        return this;
    }

    /** Pairs of a delivery's id and its receiver. */
    EventBytes deliveries(List<Ticket> tickets) {
        members.put(
                "deliveries",
                tickets.stream()
                        .map(ticket -> "{\"deliveryId\":\"" + ticket.deliveryId() + "\",\"receiver\":"
                                + quoted(ticket.receiver().value()) + "}")
                        .collect(Collectors.joining(",", "[", "]")));
        return this;
    }

    public byte[] bytes() {
        StringBuilder json = new StringBuilder(256);
        char before = '{';
        for (Map.Entry<String, String> member : members.entrySet()) {
            json.append(before)
                    .append('"')
                    .append(member.getKey())
                    .append("\":")
                    .append(member.getValue());
            before = ',';
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') {
                        quoted.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
