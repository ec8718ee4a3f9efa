package io.chapar.record;

import io.chapar.message.Header;
import io.chapar.message.ProblemCode;
import io.chapar.message.Refusal;
import io.chapar.message.Stage;

/** Whether this sender's message of this id was accepted before, with whatever content. */
public final class AcceptedBefore implements Stage<Header, Boolean> {

    private final MessageRecord record;

    public AcceptedBefore(MessageRecord record) {
        this.record = record;
    }

    /** @throws Refusal {@code not-durable} when the record cannot be read */
    @Override
    public Boolean apply(Header header) throws Refusal {
        try {
            return record.history(header.sender(), header.sender(), header.messageId())
                    .isPresent();
        } catch (NotRecorded e) {
            throw new Refusal(
                    ProblemCode.NOT_DURABLE, "Whether this is a repeat cannot be looked up in the record now.");
        }
    }
}
