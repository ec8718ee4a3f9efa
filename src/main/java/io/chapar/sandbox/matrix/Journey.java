package io.chapar.sandbox.matrix;

import io.chapar.trust.Malformed;
import java.io.IOException;

/** A message that was accepted and is under way. */
record Journey(Results.Cell cell, String sample, Look look) {

    /**
     * How far it is.
     *
     * @param deliveries how many it has
     * @param where in words
     */
    record Stage(boolean arrived, int deliveries, String where) {}

    /** Asks how far it is. */
    @FunctionalInterface
    interface Look {
        Stage look() throws IOException, Malformed, NotTaken;
    }

    /** Whether nothing more has to be waited for. */
    boolean ended(Results results) {
        try {
            Stage stage = look.look();
            if (stage.arrived()) {
                results.arrived(cell, stage.deliveries());
            }
            return stage.arrived();
        } catch (IOException | Malformed | NotTaken e) {
            results.failed(cell, sample, String.valueOf(e.getMessage()));
            return true;
        }
    }

    void givenUp(Results results) {
        String where;
        try {
            where = look.look().where();
        } catch (IOException | Malformed | NotTaken e) {
            where = String.valueOf(e.getMessage());
        }
        results.failed(cell, sample, "accepted, but not delivered: " + where);
    }
}
