package io.chapar.app.door;

import io.chapar.authorise.ForbiddenLinks;
import io.chapar.console.Metrics;
import io.chapar.message.Catalogue;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Raises the alarm when one of the two parties that the law keeps apart (¶129) tries to reach the other: a line that can
 * be found by its marker and its first words, and a count on which an alert rule stands. Both say who and by which
 * exchange, not what.
 */
final class ForbiddenAlarm {

    private static final Logger LOG = LoggerFactory.getLogger("chapar.security");
    private static final Marker FORBIDDEN = MarkerFactory.getMarker("FORBIDDEN");

    /** Something else than the exchange holds: a field, another exchange's document, or what could not be read. */
    private static final Set<ProblemCode> SAYS_MORE =
            EnumSet.of(ProblemCode.SCHEMA, ProblemCode.EXCHANGE_MISMATCH, ProblemCode.MALFORMED);

    private final Catalogue catalogue;
    private final Metrics metrics;

    ForbiddenAlarm(Catalogue catalogue, Metrics metrics) {
        this.catalogue = catalogue;
        this.metrics = metrics;
    }

    /** Raises it if what was refused was such an attempt. */
    void look(Passage.Refused refused, PartyCode party) {
        if (ForbiddenLinks.concerns(party.value()) && isAttempt(refused, party.value())) {
            raise(refused, party);
        }
    }

    /**
     * Whatever goes to an exchange that the law closes, for whatever reason it was refused; and by an open one, what it does
     * not hold: a field, a word or a file more, or something else altogether. A mistake in writing cannot be told from that,
     * and is looked at as well.
     */
    private boolean isAttempt(Passage.Refused refused, String party) {
        String exchange = refused.arrived().exchange();
        return ForbiddenLinks.closes(catalogue, exchange, party)
                || ForbiddenLinks.opens(exchange, party) && saysMore(refused.problem());
    }

    private static boolean saysMore(Problem problem) {
        return SAYS_MORE.contains(problem.code())
                || problem.violations().stream()
                        .anyMatch(violation -> violation.pointer().startsWith("/attachment"));
    }

    private void raise(Passage.Refused refused, PartyCode party) {
        metrics.forbidden();
        LOG.error(
                FORBIDDEN,
                "forbidden attempt party={} exchange={} code={} messageId={} door={} traceId={}",
                party,
                refused.arrived().exchange(),
                refused.problem().code().code(),
                refused.messageId().map(Object::toString).orElse("unread"),
                refused.arrived().door(),
                refused.arrived().traceId());
    }
}
