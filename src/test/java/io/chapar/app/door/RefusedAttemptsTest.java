package io.chapar.app.door;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.console.Metrics;
import io.chapar.message.Format;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.record.MessageRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

class RefusedAttemptsTest {

    private static final PartyCode PARTY = new PartyCode("MH");

    private final MessageRecord record = Mockito.mock(MessageRecord.class);
    private final RefusedAttempts attempts =
            new RefusedAttempts(record, RealFiles.CATALOGUE, new Metrics(new SimpleMeterRegistry()));

    private static Passage.Refused refused(ProblemCode code) {
        return new Passage.Refused(
                new Passage.Arrived(
                        Passage.Door.REST,
                        "birth-notification",
                        "application/json",
                        new byte[0],
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Format.JSON,
                        false,
                        Instant.EPOCH,
                        "trace"),
                Problem.of(code, "as told"),
                Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(
            value = ProblemCode.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NOT_DURABLE", "QUOTA"})
    void recorded_before_it_is_told(ProblemCode code) {
        Passage.Refused refused = refused(code);

        assertThat(attempts.noted(refused, PARTY)).isSameAs(refused);
        verify(record).refused(refused, PARTY, Optional.of("birth-notification"));
    }

    /** There is no record to write it into, or no time: what is too much at once must cost little. */
    @ParameterizedTest
    @EnumSource(
            value = ProblemCode.class,
            names = {"NOT_DURABLE", "QUOTA"})
    void told_without_being_recorded_when_that_is_what_is_lacking(ProblemCode code) {
        Passage.Refused refused = refused(code);

        assertThat(attempts.noted(refused, PARTY)).isSameAs(refused);
        verify(record, never()).refused(any(), any(), any());
    }
}
