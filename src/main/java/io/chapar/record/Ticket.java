package io.chapar.record;

import io.chapar.message.PartyCode;
import java.util.Optional;
import java.util.UUID;

/**
 * What the broker carries of a delivery: enough to route and order it, nothing of its content.
 *
 * @param priority from 0 to 9, as the agreement says
 */
public record Ticket(UUID deliveryId, PartyCode receiver, Optional<String> orderingKey, int priority) {}
