package io.chapar.record;

import io.chapar.message.ExchangeVersion;
import io.chapar.message.PartyCode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Which message sealed bytes belong to, bound into them: they open in no other place. */
record Identity(PartyCode sender, UUID messageId, ExchangeVersion exchange) {

    byte[] part(int number) {
        return of("part " + number);
    }

    byte[] mailed(UUID deliveryId) {
        return of("mailed " + deliveryId);
    }

    byte[] answer() {
        return of("answer");
    }

    /** The detached signature of the message. */
    byte[] signature() {
        return of("signature");
    }

    byte[] acknowledgement(UUID deliveryId) {
        return of("acknowledgement " + deliveryId);
    }

    byte[] refusal(UUID deliveryId) {
        return of("refusal " + deliveryId);
    }

    private byte[] of(String what) {
        return String.join("\n", "chapar content 1", sender.value(), messageId.toString(), exchange.toString(), what)
                .getBytes(StandardCharsets.UTF_8);
    }
}
