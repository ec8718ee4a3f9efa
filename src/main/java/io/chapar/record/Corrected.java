package io.chapar.record;

import io.chapar.message.PartyCode;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a correction or withdrawal is about, as the record knows it. Corrections of corrections are about the same: the
 * first message of them all, the original.
 *
 * @param original its number in the record
 * @param originalId its messageId
 * @param orderingKey of the original's header
 * @param receivers all who received the original or one of its corrections, or still will
 * @param withdrawn whether it was withdrawn
 * @param known whether a message of this very id was accepted before: it is then a repeat, or its id is reused
 */
public record Corrected(
        long original,
        UUID originalId,
        Optional<String> orderingKey,
        Set<PartyCode> receivers,
        boolean withdrawn,
        boolean known) {

    /**
     * Begins with a space, as no ordering key of a sender may: deliveries of a message without one get this key when it is
     * corrected, so that what corrects it stays behind it.
     */
    private static final String OWN_KEY = " corrected ";

    public Corrected {
        receivers = Set.copyOf(receivers);
    }

    /** Under which its deliveries and those of all its corrections stay in their order. */
    String deliveryKey() {
        return orderingKey.orElseGet(() -> ownKey(originalId));
    }

    static String ownKey(UUID originalId) {
        return OWN_KEY + originalId;
    }
}
