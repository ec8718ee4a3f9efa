package io.chapar.sandbox.agency;

import io.chapar.message.PartyCode;
import java.util.UUID;

/** Is told what reaches the agencies, so that somebody can count and measure. */
public interface Witness {

    /** @param first false for a repeat, which has no effect */
    void received(PartyCode receiver, PartyCode sender, UUID messageId, String exchange, boolean first);

    /** What a delivery said that was believed, each time it came; told before {@link #received}. */
    default void read(PartyCode receiver, UUID deliveryId, Content content) {}

    /** @param deliveryId may come again: a delivery that was acknowledged wrongly is made once more */
    void acknowledged(UUID deliveryId, PartyCode sender, UUID messageId, String exchange);

    /** It was told to misbehave, and just did. */
    default void misbehaved(PartyCode agency) {}

    /** A delivery that an agency does not believe or does not want. */
    void turnedAway(PartyCode receiver, String why);
}
