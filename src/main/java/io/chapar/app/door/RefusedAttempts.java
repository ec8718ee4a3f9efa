package io.chapar.app.door;

import io.chapar.console.Metrics;
import io.chapar.message.Catalogue;
import io.chapar.message.PartyCode;
import io.chapar.message.Passage;
import io.chapar.message.Problem;
import io.chapar.message.ProblemCode;
import io.chapar.record.MessageRecord;
import io.chapar.record.NotRecorded;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a party that is known is refused, at whatever door: it is recorded before it is told, and looked at for ¶129. */
public final class RefusedAttempts {

    private static final Set<ProblemCode> NOT_RECORDED = EnumSet.of(ProblemCode.NOT_DURABLE, ProblemCode.QUOTA);

    private final MessageRecord record;
    private final Catalogue catalogue;
    private final ForbiddenAlarm alarm;

    public RefusedAttempts(MessageRecord record, Catalogue catalogue, Metrics metrics) {
        this.record = record;
        this.catalogue = catalogue;
        this.alarm = new ForbiddenAlarm(catalogue, metrics);
    }

    /**
     * What was refused for want of a record is not recorded, but looked at; nor what was too much at once, because to record it
     * costs as much as to accept it. The name of an exchange that does not exist is a
     * sender's own word, and does not come into the ledger.
     *
     * @throws NotRecorded when the refusal could not be recorded, and must not be told
     */
    public void note(Passage.Refused refused, PartyCode party) {
        alarm.look(refused, party);
        if (!NOT_RECORDED.contains(refused.problem().code())) {
            record.refused(
                    refused, party, Optional.of(refused.arrived().exchange()).filter(catalogue::knows));
        }
    }

    /** What may be told: without a record not even a no, or nobody could prove later that it was given. */
    public Passage.Refused noted(Passage.Refused refused, PartyCode party) {
        try {
            note(refused, party);
            return refused;
        } catch (NotRecorded away) {
            return new Passage.Refused(
                    refused.arrived(),
                    Problem.of(ProblemCode.NOT_DURABLE, "The refusal could not be recorded."),
                    refused.messageId());
        }
    }
}
