package io.chapar.app.rest;

import io.chapar.message.PartyCode;
import io.chapar.record.History.ReceiverHistory;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The words of a refusal are told to its sender, but not between the two that the law keeps apart (¶129). */
class ApartTest {

    @ParameterizedTest
    @CsvSource({
        "SMS, ME,    refused",
        "ME,  SMS,   refused",
        "SMS, MLSPP, refused: the parents: no permit",
        "MH,  ME,    refused: the parents: no permit",
    })
    void the_words_of_a_refusal(String sender, String receiver, String told) {
        ReceiverHistory parked = new ReceiverHistory(
                new PartyCode(receiver),
                new UUID(0, 1),
                "parked",
                Instant.EPOCH,
                1,
                Optional.of("refused: the parents: no permit"),
                Optional.empty());
        assertThat(Messages.answer(new PartyCode(sender), parked)).hasValue(told);
    }
}
