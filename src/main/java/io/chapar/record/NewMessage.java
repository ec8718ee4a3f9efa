package io.chapar.record;

import io.chapar.message.Passage;
import io.chapar.message.Receipt;
import java.util.List;
import java.util.Optional;

/**
 * A message with everything that becomes durable together with it.
 *
 * @param jws the receipt as a compact JWS
 * @param xml the same facts as a signed XML document, when the sender wants that
 * @param tickets one delivery per receiver; none when the agreement's conditions leave no receiver
 * @param corrected what it corrects or withdraws
 * @param clocks what it does to the clocks of what must follow
 */
public record NewMessage(
        Passage.Authorised authorised,
        Receipt receipt,
        byte[] jws,
        Optional<byte[]> xml,
        List<Ticket> tickets,
        Optional<Corrected> corrected,
        ClockEffects clocks) {
    public NewMessage {
        tickets = List.copyOf(tickets);
    }
}
