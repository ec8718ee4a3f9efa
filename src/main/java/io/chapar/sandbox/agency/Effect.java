package io.chapar.sandbox.agency;

import java.util.UUID;

/** What an agency does because of a message. It may be asked twice for one message, and then does nothing new. */
@FunctionalInterface
interface Effect {

    Effect NONE = (deliveryId, content) -> {};

    void of(UUID deliveryId, Content content);
}
