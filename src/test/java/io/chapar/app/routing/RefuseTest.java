package io.chapar.app.routing;

import io.chapar.app.catalogue.RealFiles;
import io.chapar.app.door.Defects;
import io.chapar.app.door.RefusedAttempts;
import io.chapar.app.door.TestRecord;
import io.chapar.console.Metrics;
import io.chapar.message.FewParties;
import io.chapar.message.Format;
import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A message whose files are still to come, when it is refused, and a gateway that works at one message at a time. */
class RefuseTest {

    private final WorkLimit limit = new WorkLimit(new FewParties(List.of()), party -> {}, 1, Duration.ZERO);
    private final Refuse refuse = new Refuse(
            new RefusedAttempts(new TestRecord(), RealFiles.CATALOGUE, new Metrics(new SimpleMeterRegistry())),
            new SecurityLog(Clock.systemUTC()),
            new Defects(RealFiles.CATALOGUE::knows),
            limit);

    private static Exchange journey() {
        Exchange journey = new DefaultExchange(new DefaultCamelContext());
        journey.getMessage()
                .setBody(new Passage.Arrived(
                        Passage.Door.REST,
                        "birth-notification",
                        "multipart/related",
                        new byte[0],
                        Optional.of(InputStream.nullInputStream()),
                        Optional.empty(),
                        List.of(),
                        Format.JSON,
                        false,
                        Instant.EPOCH,
                        "trace"));
        return journey;
    }

    private ProblemCode told(Exchange journey, ProblemCode failure) {
        journey.setProperty(Exchange.EXCEPTION_CAUGHT, new Refusal(failure, "as told"));
        refuse.process(journey);
        return journey.getMessage().getBody(Passage.Refused.class).problem().code();
    }

    @Test
    void what_breaks_while_its_files_come_has_a_turn_until_its_journey_is_over() throws Exception {
        Exchange broken = journey();

        assertThat(told(broken, ProblemCode.MALFORMED)).isEqualTo(ProblemCode.MALFORMED);

        Exchange other = journey();
        assertThatThrownBy(() -> limit.beginNow(other)).isInstanceOf(Refusal.class);
        WorkLimit.end(broken);
        assertThatCode(() -> limit.beginNow(other)).doesNotThrowAnyException();
    }

    @Test
    void told_to_come_again_when_there_is_no_turn_for_its_refusal() throws Exception {
        limit.beginNow(journey());

        assertThat(told(journey(), ProblemCode.MALFORMED)).isEqualTo(ProblemCode.QUOTA);
    }

    @Test
    void who_only_has_to_come_again_needs_no_turn_to_be_told_so() throws Exception {
        limit.beginNow(journey());

        assertThat(told(journey(), ProblemCode.NOT_DURABLE)).isEqualTo(ProblemCode.NOT_DURABLE);
    }
}
