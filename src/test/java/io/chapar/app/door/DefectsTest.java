package io.chapar.app.door;

import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.record.NotRecorded;
import io.chapar.trust.PayloadKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What passes is waited for, however long it takes; what does not is told. */
class DefectsTest {

    private static final Passage.Arrived ARRIVED = new Passage.Arrived(
            Passage.Door.QUEUE,
            "birth-notification",
            "application/json",
            "{}".getBytes(StandardCharsets.UTF_8),
            Optional.empty(),
            List.of(),
            Format.JSON,
            false,
            Instant.EPOCH,
            "trace");

    private static List<ProblemCode> told(Throwable failure) {
        Defects defects = new Defects("birth-notification"::equals);
        return Stream.generate(() ->
                        defects.problem(ARRIVED, new RuntimeException(failure)).code())
                .limit(Defects.TRIES + 1L)
                .toList();
    }

    @Test
    void refused_for_good_after_some_tries_when_it_is_this_message() {
        assertThat(told(new IllegalStateException("broken")))
                .containsExactly(
                        ProblemCode.NOT_DURABLE,
                        ProblemCode.NOT_DURABLE,
                        ProblemCode.UNPROCESSABLE,
                        ProblemCode.UNPROCESSABLE);
    }

    @Test
    void not_now_as_long_as_the_record_takes_nothing() {
        assertThat(told(new NotRecorded("the disk is full"))).containsOnly(ProblemCode.NOT_DURABLE);
    }

    @Test
    void not_now_as_long_as_no_key_for_it_can_be_written(@TempDir Path folder) throws Exception {
        PayloadKeys keys = PayloadKeys.open(folder, Optional.empty());
        keys.forNew("birth-notification/2031-11-22");
        Files.delete(folder.resolve("payload.p12"));
        Throwable failure = catchThrowable(() -> keys.forNew("birth-notification/2031-11-23"));

        assertThat(failure).isInstanceOf(PayloadKeys.KeyNotMade.class);
        assertThat(told(failure)).containsOnly(ProblemCode.NOT_DURABLE);
    }
}
