package io.chapar.record;

import io.chapar.message.PartyCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Accepted = delivered + waiting + parked + withdrawn + without receiver, each side counted on its own, by message and
 * receiver.
 *
 * @param accepted counted from the messages: one for each receiver of each, and one for a message without receiver
 * @param rows one for each receiver
 * @param noReceiver messages whose agreement's conditions left no receiver
 * @param misfits every id that does not fit, but no more than a hundred thousand
 * @param moreMisfits how many do not fit beyond those
 */
public record Equation(
        long messages, long accepted, List<Row> rows, long noReceiver, List<Misfit> misfits, long moreMisfits) {

    /**
     * One receiver's part.
     *
     * @param accepted all deliveries to this receiver
     * @param waiting counted in the record: on its way, in the mailbox, or held behind a parked one
     */
    public record Row(PartyCode receiver, long accepted, long delivered, long waiting, long parked, long withdrawn) {}

    /** An id, and what about it does not fit. */
    public record Misfit(UUID id, String why) {}

    public Equation {
        rows = List.copyOf(rows);
        misfits = List.copyOf(misfits);
    }

    public long delivered() {
        return rows.stream().mapToLong(Row::delivered).sum();
    }

    public long waiting() {
        return rows.stream().mapToLong(Row::waiting).sum();
    }

    public long parked() {
        return rows.stream().mapToLong(Row::parked).sum();
    }

    public long withdrawn() {
        return rows.stream().mapToLong(Row::withdrawn).sum();
    }

    /**
     * The same, with only those misfits that were some before too: what went from here to there while one of two counts was
     * made fits in the other. Where not all were listed before, none can be told to be new.
     */
    public Equation confirming(Equation before) {
        if (before.moreMisfits > 0) {
            return this;
        }
        Set<Misfit> known = new HashSet<>(before.misfits);
        return new Equation(
                messages,
                accepted,
                rows,
                noReceiver,
                misfits.stream().filter(known::contains).toList(),
                moreMisfits);
    }

    /** Whether both sides are equal and no id is left over. */
    public boolean holds() {
        return misfits.isEmpty()
                && moreMisfits == 0
                && accepted == delivered() + waiting() + parked() + withdrawn() + noReceiver;
    }
}
