package io.chapar.record;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import java.time.Instant;
import java.util.UUID;

/**
 * What a receiver would not have, as administrators see it: ids, codes and times, nothing of its content.
 *
 * @param code what the receiver answered, such as {@code 422 schema}; its own words stay sealed
 * @param since when it was parked
 */
public record ParkedDelivery(
        UUID deliveryId,
        UUID messageId,
        PartyCode sender,
        PartyCode receiver,
        ExchangeVersion exchange,
        String code,
        Instant since,
        int attempts) {}
