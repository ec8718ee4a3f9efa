package io.chapar.message;

/**
 * One step of the straight way: takes a message in one state and returns it in the next, or refuses. Stages keep no
 * state of a message and are safe for concurrent use.
 */
@FunctionalInterface
public interface Stage<I, O> {

    /** @throws Refusal with the one problem that ends this message's journey */
    O apply(I passage) throws Refusal;
}
