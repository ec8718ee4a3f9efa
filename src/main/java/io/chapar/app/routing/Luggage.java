package io.chapar.app.routing;

import io.chapar.message.Passage;
import io.chapar.message.ProblemCode;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/** The files that came with a message: wherever its journey ends, they are known there. */
final class Luggage {

    private static final String PROPERTY = "chapar.luggage";

    private Luggage() {}

    static void put(Exchange camelExchange, Passage.Accepted accepted) {
        camelExchange.setProperty(PROPERTY, accepted);
    }

    /**
     * Gives up the files of a message that was not recorded. Whether one was, of which that cannot be said now, is found out
     * later, when files are swept to which nothing refers.
     */
    static void giveUp(Exchange camelExchange, Passage.Outcome outcome, Consumer<List<Passage.Attachment>> discard) {
        Passage.Accepted accepted = camelExchange.getProperty(PROPERTY, Passage.Accepted.class);
        if (accepted == null || accepted.attachments().isEmpty()) {
            return;
        }
        boolean recorded = outcome instanceof Passage.Recorded first && !first.repeat();
        // A defect may follow the commit.
        boolean unsure = outcome instanceof Passage.Refused refused
                && (refused.problem().code() == ProblemCode.NOT_DURABLE
                        || refused.problem().code() == ProblemCode.UNPROCESSABLE);
        if (!recorded && !unsure) {
            discard.accept(accepted.attachments());
        }
    }
}
