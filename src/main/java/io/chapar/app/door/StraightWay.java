package io.chapar.app.door;

import io.chapar.message.Passage;

/**
 * The one way that every message travels, whichever door it came through. A door only takes in, sends along, and tells
 * the outcome in its own language.
 */
@FunctionalInterface
public interface StraightWay {

    /** Where a message to an exchange that nobody knows goes as well: its refusal is an outcome like any other. */
    Passage.Outcome travel(Passage.Arrived arrived);
}
