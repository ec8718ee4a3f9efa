package io.chapar.record;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a message is.
 *
 * @param state {@code waiting}, {@code delivered}, {@code parked}, {@code withdrawn}, {@code no-receiver}; of a
 *     question {@code asked}, {@code answered}, {@code unanswered}
 * @param receivers those that the viewer may see
 * @param ties its terms, and what it corrects or is corrected by
 */
public record History(
        UUID messageId,
        ExchangeVersion exchange,
        Instant acceptedAt,
        String state,
        List<ReceiverHistory> receivers,
        Ties ties) {
    public History {
        receivers = List.copyOf(receivers);
    }

    /**
     * Some of those that were asked for.
     *
     * @param next behind which the others are; empty when there are none. It may be given with few messages or none
     */
    public record Page(List<History> messages, Optional<String> next) {
        public Page {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Where it is on its way to one receiver.
     *
     * @param state {@code waiting}, {@code held}, {@code parked}, {@code mailed}, {@code delivered} or
     *     {@code withdrawn}
     * @param since when it came into this state
     * @param answer what the receiver said when it would not have it
     * @param sentAgainAt when an administrator last sent it again after it was parked
     */
    public record ReceiverHistory(
            PartyCode receiver,
            UUID deliveryId,
            String state,
            Instant since,
            int attempts,
            Optional<String> answer,
            Optional<Instant> sentAgainAt) {}
}
